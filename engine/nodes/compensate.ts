import type { Behaviour } from './node.ts'

/** Counted before, as the run may go on elsewhere in the middle of it. */
export const compensate: Behaviour = async ({ local }, run) => {
  const count = (local['count'] ??= run.undoable)
  await run.takeBack()
  return { count }
}

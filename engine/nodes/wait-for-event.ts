import { deadlineOf } from './deadline-of.ts'
import type { Behaviour } from './node.ts'

/** `local.event` is what has happened, once it has. */
export const waitForEvent: Behaviour = async (here, run) => {
  const { local } = here
  local['deadlineMs'] ??= deadlineOf(here, run)
  const heard = () => local['event'] !== undefined
  const happened = await run.expect(here, local['deadlineMs'] as number, heard)
  return { happened, event: local['event'] ?? null }
}

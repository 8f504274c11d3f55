import type { Settled } from './run-command.ts'

const RELISTS = /^(?:project|board)\./

/** Whether the projects or boards of a workspace are other ones after a command, or after it was taken back. */
export function relists(settled: Settled): boolean {
  if (settled.kind !== 'done') return false
  const { command, effect } = settled
  // What takes an undo back is of the kind that was undone.
  const types = [command.type, ...(effect.inverse ?? []).map(({ type }) => type)]
  return types.some((type) => RELISTS.test(type))
}

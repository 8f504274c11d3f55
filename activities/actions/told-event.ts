import type { BoardEvent } from '#core/contracts/events.ts'

/** Longer texts are not told to every viewer; whoever shows the card reads it again. */
export const CHANGES_BYTES_MAX = 8_192

/** The event as viewers of its board are told of it. */
export function toldEvent(event: BoardEvent): BoardEvent {
  const { changes, ...told } = event
  const bytes = changes ? Buffer.byteLength(JSON.stringify(changes)) : 0
  return bytes > CHANGES_BYTES_MAX ? told : event
}

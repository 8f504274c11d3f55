import type { Command } from './command.ts'
import { isOpen } from './send-order.ts'

export interface Counts {
  /** The server has not answered them. */
  readonly open: number
  /** Of these, what waits for a person. */
  readonly failed: number
  /** Of these, what ends with the page. */
  readonly unkept: number
  /** Not done, and listed for a person to see. */
  readonly refused: number
}

export function countsOf(commands: readonly Command[]): Counts {
  const open = commands.filter(isOpen)
  return {
    open: open.length,
    failed: open.filter(({ state }) => state === 'failed').length,
    unkept: open.filter(({ isKept }) => !isKept).length,
    refused: commands.filter(({ state }) => state === 'refused').length,
  }
}

import type { Id } from '#core/kernel/ids.ts'
import type { Command } from './command.ts'

/** As many as a browser sends to one origin at a time. */
const SENDING_MAX = 6

/** The server has not answered it for good. */
export function isOpen({ state }: Command): boolean {
  return state !== 'answered' && state !== 'refused'
}

/** Of the commands, oldest first, those that go out now; while the server is away one at a time. */
export function toSendNow(commands: readonly Command[], isAway: boolean): Command[] {
  const sending = commands.filter(({ state }) => state === 'sending').length
  const free = sendable(commands)
  if (!isAway) return free.slice(0, SENDING_MAX - sending)
  // What has been tried least is next, so that none keeps the others from being tried.
  const [probe] = free.toSorted((a, b) => (a.attempts ?? 0) - (b.attempts ?? 0))
  return probe && sending === 0 ? [probe] : []
}

function sendable(commands: readonly Command[]): Command[] {
  const busy = new Set<string>()
  /** The boards with something unanswered, and those where that came late. */
  const [unanswered, late] = [new Set<Id>(), new Set<Id>()]
  return commands.filter(isOpen).filter(({ boardId, lanes, state, isLate }) => {
    const isFree = !lanes.some((lane) => busy.has(lane))
    const isTurn = !(unanswered.has(boardId) && (isLate || late.has(boardId)))
    for (const lane of lanes) busy.add(lane)
    // What waits for a person holds up only what builds on it.
    if (state !== 'failed') unanswered.add(boardId)
    if (state !== 'failed' && isLate) late.add(boardId)
    return state === 'waiting' && isFree && isTurn
  })
}

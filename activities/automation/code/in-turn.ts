import { setTimeout as sleep } from 'node:timers/promises'

/** Each may take 128 MB; whoever works on a board comes first. */
const AT_ONCE_MAX = 2
const LOOK_EVERY_MS = 20

const running = new Set<string>()

/** There was no turn: others are running. */
export class NoTurn extends Error {}

/**
 * Does the work when fewer than two others are done and none of the same flow; throws a NoTurn after
 * `waitMs`, for whoever waits here holds a place that steps of other flows need.
 */
export async function inTurn<Value>(
  flowId: string,
  waitMs: number,
  work: () => Promise<Value>,
): Promise<Value> {
  const untilMs = performance.now() + waitMs
  while (running.has(flowId) || running.size >= AT_ONCE_MAX) {
    if (performance.now() >= untilMs) throw new NoTurn('Others are running.')
    await sleep(LOOK_EVERY_MS)
  }
  running.add(flowId)
  try {
    return await work()
  } finally {
    running.delete(flowId)
  }
}

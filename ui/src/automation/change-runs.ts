import type { ManyRunsDone } from '#core/contracts/flows/many-runs.ts'
import { RUNS_AT_ONCE_MAX } from '#core/flows/limits.ts'
import type { Id } from '#core/kernel/ids.ts'
import { request } from '../shell/http.ts'

export interface RunsChanged {
  /** How many it was done to. */
  readonly done: number
  readonly refused: ManyRunsDone['refused']
}

/** Asks for the same of many runs, as many at once as may be; what came of each is counted. */
export async function changeRuns(
  path: string,
  runIds: readonly Id[],
  how: object,
): Promise<RunsChanged> {
  let done = 0
  const refused: ManyRunsDone['refused'] = []
  for (let from = 0; from < runIds.length; from += RUNS_AT_ONCE_MAX) {
    const body = { ...how, runIds: runIds.slice(from, from + RUNS_AT_ONCE_MAX) }
    const answer = await request<ManyRunsDone>('POST', path, { body })
    done += answer.done.length
    refused.push(...answer.refused)
  }
  return { done, refused }
}

import type { Knex } from 'knex'
import { hookSecret, signedHeaders } from '#activities/automation/webhook-signature.ts'
import { newId } from '#core/kernel/ids.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'
import { draft } from '#tests/support/flows/a-flow.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

const ANSWER_LIMIT_MS = 10_000
const RUNS_PER_HOUR_MAX = 1_000

/** A flow of a board that is in action; answers its id. */
export async function aFlowInAction(
  database: Knex,
  board: SomeBoard,
  trigger: object,
  steps: Parameters<typeof draft>[0],
): Promise<string> {
  const limits = { runsPerHour: RUNS_PER_HOUR_MAX }
  const content = draft(steps, { trigger, limits })
  return await aPublishedFlow(database, board, content, { boardId: board.boardId })
}

export interface Sender {
  readonly origin: string
  readonly commandKey: string
}

/** Sends signed messages to a flow at an even pace; answers how long each took, in milliseconds. */
export async function sendPaced(
  sender: Sender,
  flowId: string,
  { count, everyMs }: { count: number; everyMs: number },
): Promise<number[]> {
  const startedMs = performance.now()
  const answers: Promise<number>[] = []
  for (let sent = 0; sent < count; sent += 1) {
    await sleep(Math.max(0, startedMs + sent * everyMs - performance.now()))
    answers.push(send(sender, flowId))
  }
  return await Promise.all(answers)
}

async function send({ origin, commandKey }: Sender, flowId: string): Promise<number> {
  const body = JSON.stringify({ sent: Date.now() })
  const headers = signedHeaders(hookSecret(commandKey, flowId, 1), newId(), body)
  const startedMs = performance.now()
  const response = await fetch(`${origin}/api/v1/hooks/${flowId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  })
  const text = await response.text()
  if (response.status !== 202) throw new Error(`A message was answered ${response.status}: ${text}`)
  return performance.now() - startedMs
}

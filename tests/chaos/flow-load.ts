import { setTimeout as sleep } from 'node:timers/promises'
import { hookSecret, signedHeaders } from '#activities/automation/webhook-signature.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say, step } from '#tests/support/flows/a-flow.ts'
import { PersistentClient } from './client.ts'
import type { Installation } from './installation.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

/** Longer than any fault lasts: a component that was killed is back within seconds. */
const TAKEN_LIMIT_MS = 60_000
const PAUSE_MS = 200
const REQUEST_LIMIT_MS = 10_000
/** A run that was forgotten may stay away for a minute before somebody looks. */
const RUNS_FOR = 'P1D'

/** A flow that messages start, and the card its runs write on. */
export interface Works {
  readonly flowId: string
  readonly cardId: string
  readonly board: SomeBoard
}

/** Asks a server, waits, asks a person, asks the server again, and tells the card. */
export async function worksWith({ database }: Installation, sinkPort: number): Promise<Works> {
  const board = await aBoard(database)
  const cardId = await aCard(database, board)
  const { workspaceId: workspace_id, projectId: project_id, ownerId: userId } = board
  const host = `127.0.0.1:${sinkPort}`
  await database('egress_hosts').insert({ workspace_id, project_id, host, added_by: userId })
  const ask = (id: string) =>
    step(id, 'http.request', {
      method: 'POST',
      url: `http://${host}/${id}`,
      body: `${id} {{ trigger.deliveryId }}`,
    })
  const content = draft(
    [
      ask('before'),
      step('rest', 'wait', { for: 'PT1S' }),
      step('may', 'approval', { to: [userId], question: 'Go on?', timeout: RUNS_FOR }),
      ask('after'),
      { ...say('tell'), with: { target: cardId, text: '{{ trigger.deliveryId }}' } },
    ],
    { trigger: { type: 'webhook' }, limits: { runsPerHour: 1_000 } },
  )
  const flowId = await aPublishedFlow(database, board, content)
  return { flowId, cardId, board }
}

/** Sends a message until it is taken, as its senders do. */
export async function sendUntilTaken(
  { url, commandKey }: Installation,
  { flowId }: Works,
  deliveryId: string,
): Promise<void> {
  const secret = hookSecret(commandKey, flowId, 1)
  await untilDone(async () => {
    const response = await fetch(`${url}/api/v1/hooks/${flowId}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...signedHeaders(secret, deliveryId, '{}'),
      },
      body: '{}',
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    }).catch(() => undefined)
    await response?.body?.cancel().catch(() => {})
    return response?.status === 202
  })
}

/** Says yes to whatever a workspace's runs ask, until as many have heard it as there are runs. */
export async function sayYes(
  it: Installation,
  { flowId }: Works,
  token: string,
  runs: number,
  limitMs: number,
): Promise<void> {
  const client = new PersistentClient(it.url, token)
  const endMs = performance.now() + limitMs
  const answered = new Set<string>()
  while (answered.size < runs && performance.now() < endMs) {
    const open = await it
      .database('flow_approvals')
      .where({ flow_id: flowId, status: 'open' })
      .pluck('run_id')
      .catch(() => [] as string[])
    for (const runId of open.filter((id) => !answered.has(id))) {
      const body = { step: 'may', approved: true, comment: '' }
      const wish = { method: 'POST', path: `/runs/${runId}/answer`, body } as const
      const response = await client.fetch(wish)
      await response?.body?.cancel().catch(() => {})
      // Taken, or taken when it was said before and the answer to it was lost.
      if (response && [204, 409].includes(response.status)) answered.add(runId)
    }
    await sleep(PAUSE_MS)
  }
}

async function untilDone(isDone: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + TAKEN_LIMIT_MS
  while (performance.now() < endMs) {
    if (await isDone()) return
    await sleep(PAUSE_MS)
  }
  throw new Error('Nobody took it within a minute.')
}

import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, expect, inject, test } from 'vitest'
import type { Command, Outcome } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { aCommand } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { commandCanceller } from './card-actions-worker.ts'
import { ActionEngine } from './client.ts'

/** The list of workflows follows them within moments. */
const LISTED_LIMIT_MS = 10_000
const ASK_EVERY_MS = 50
/** Long enough for what waited for the lock to be done, if it were. */
const LATE_MS = 1_000

let it: Awaited<ReturnType<typeof anEngine>>
/** Its batches wait for a worker that never comes, until an operator ends them. */
let stuck: ActionEngine

beforeAll(async () => {
  it = await anEngine()
  const log = makeLog('test', 'silent')
  const redis = openRedis(inject('redisUrl'))
  stuck = new ActionEngine({
    client: it.client,
    taskQueue: `nobody-polls-${newId()}`,
    database: it.database,
    redis,
    redisPrefix: newId(),
    cancel: commandCanceller({ database: it.database, log }),
    log,
  })
  return async () => {
    redis.disconnect()
    await it.stop()
  }
})

test('who waits for an action whose workflow an operator ends is told so', async () => {
  const command = await anArchiving()
  const [answer] = await Promise.all([inTheEnd(command), endByHand(command)])
  expect(answer).toMatchObject({ status: 'refused', code: 'command.cancelled' })
})

test('what was told to be cancelled does not happen later, though a worker was in the middle', async () => {
  const command = await anArchiving()
  // Somebody holds the board, so that the worker waits inside the workflow that gets ended.
  const hold = await it.database.transaction()
  await hold('boards').where({ id: command.boardIds[0] }).forUpdate()
  expect(await it.engine.submit(command, 'acknowledged')).toBe('queued')
  await endByHand(command)
  await expect
    .poll(() => it.engine.find(command.actorId, command.id))
    .toMatchObject({ status: 'refused', code: 'command.cancelled' })
  await hold.rollback()
  await sleep(LATE_MS)
  expect(await it.engine.find(command.actorId, command.id)).toMatchObject({ status: 'refused' })
  const card = await it.database('cards').where({ id: command.targetId }).first()
  expect(card.archived_at).toBeNull()
})

test('an action that was done is answered as done, though its workflow was ended', async () => {
  const command = await anArchiving()
  const answer = inTheEnd(command)
  const outcome = await it.engine.submit(command, 'outcome')
  expect(outcome).toMatchObject({ status: 'done' })
  await endByHand(command)
  expect(await answer).toEqual(outcome)
})

async function anArchiving(): Promise<Command> {
  const board = await aBoard(it.database)
  const cardId = await aCard(it.database, board)
  return await aCommand(it.database, board.ownerId, 'card.archive', cardId, {})
}

/** The answer a client gets who asks on after «queued». */
async function inTheEnd(command: Command): Promise<Outcome> {
  let answer = await stuck.submit(command, 'outcome')
  while (answer === 'queued') {
    await sleep(ASK_EVERY_MS)
    answer = (await stuck.find(command.actorId, command.id)) ?? 'queued'
  }
  return answer
}

/** What an operator does in the Web UI: looks for what runs in the workspace, and ends it. */
async function endByHand({ workspaceId }: Command): Promise<void> {
  const query = `WorkspaceId = '${workspaceId}' AND ExecutionStatus = 'Running'`
  const running = () => Array.fromAsync(it.client.workflow.list({ query }))
  await expect.poll(running, { timeout: LISTED_LIMIT_MS }).toHaveLength(1)
  for (const { workflowId } of await running()) {
    await it.client.workflow.getHandle(workflowId).terminate('by hand')
  }
}

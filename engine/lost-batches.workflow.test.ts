import { beforeAll, expect, inject, test } from 'vitest'
import type { Command } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { aCommand } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { ownTemporal, type OwnTemporal } from '#tests/support/own-temporal.ts'
import { AcceptedCommands } from './accepted-commands.ts'
import { commandCanceller } from './card-actions-worker.ts'
import { ActionEngine } from './client.ts'
import { connectEngine, engineClient } from './connect.ts'
import { lookAfter } from './keep-promises.ts'

const WAIT = { timeout: 10_000 }
const TEXTS = ['one', 'two', 'three', 'four']

let temporal: OwnTemporal
let it: Awaited<ReturnType<typeof anEngine>>
let tools: Parameters<typeof lookAfter>[0]
/** Takes commands in for a queue that nobody polls: what it holds is promised, and no more. */
let slow: ActionEngine

beforeAll(async () => {
  temporal = await ownTemporal()
  const where = { postgresUrl: inject('postgresUrl'), redisUrl: inject('redisUrl') }
  it = await anEngine({ ...where, temporalAddress: temporal.address })
  const { database, redisPrefix, taskQueue } = it
  const log = makeLog('test', 'silent')
  const redis = openRedis(where.redisUrl)
  const connection = await connectEngine(temporal.address)
  const client = engineClient(connection, 'default', {})
  const shared = { client, database, redis, redisPrefix, log }
  const cancel = commandCanceller(shared)
  slow = new ActionEngine({ ...shared, cancel, taskQueue: `nobody-polls-${newId()}` })
  tools = { ...shared, cancel, taskQueue, accepted: new AcceptedCommands(shared) }
  return async () => {
    redis.disconnect()
    await connection.close()
    await it.stop()
    await temporal.stop()
  }
})

test('promises that Temporal has lost are kept once, in the order in which they were made', async () => {
  const board = await aBoard(it.database)
  const cardId = await aCard(it.database, board)
  const commands: Command[] = []
  for (const text of TEXTS) {
    commands.push(await aCommand(it.database, board.ownerId, 'comment.add', cardId, { text }))
    expect(await slow.submit(commands.at(-1)!, 'acknowledged')).toBe('queued')
  }
  const asked = await promised()
  const waitedFor = await anArchiving()
  const answer = slow.submit(waitedFor, 'outcome')
  await expect.poll(() => runningIn(waitedFor), WAIT).toHaveLength(1)

  await temporal.loseAll()

  expect(await answer).toBe('queued')
  await expect.poll(() => known(asked), WAIT).toMatchObject({ status: 'done' })
  await lookAfter(tools, Date.now())
  await expect.poll(() => known(waitedFor), WAIT).toMatchObject({ status: 'done' })
  const comments = () => it.database('comments').where({ card_id: cardId }).orderBy('created_at')
  await expect.poll(async () => (await comments()).map(({ body }) => body), WAIT).toEqual(TEXTS)

  await lookAfter(tools, Date.now())
  expect(await comments()).toHaveLength(TEXTS.length)
  expect(await tools.accepted.before(Date.now(), 1)).toEqual([])
})

test('a workflow that runs is left alone, and one that an operator ends is not started again', async () => {
  const command = await promised()
  await lookAfter(tools, Date.now())
  expect(await known(command)).toBe('queued')

  const [workflow] = await runningIn(command)
  await tools.client.workflow.getHandle(workflow!.workflowId).terminate('by hand')
  await lookAfter(tools, Date.now())

  expect(await known(command)).toMatchObject({ status: 'refused', code: 'command.cancelled' })
})

const known = (command: Command) => it.engine.find(command.actorId, command.id)

async function anArchiving(): Promise<Command> {
  const board = await aBoard(it.database)
  const cardId = await aCard(it.database, board)
  return await aCommand(it.database, board.ownerId, 'card.archive', cardId, {})
}

async function promised(): Promise<Command> {
  const command = await anArchiving()
  expect(await slow.submit(command, 'acknowledged')).toBe('queued')
  await expect.poll(() => runningIn(command), WAIT).toHaveLength(1)
  return command
}

async function runningIn({ workspaceId }: Command) {
  const query = `WorkspaceId = '${workspaceId}' AND ExecutionStatus = 'Running'`
  return await Array.fromAsync(tools.client.workflow.list({ query }))
}

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { startFollowUps } from '#activities/follow-ups.ts'
import type { ActionBody, ActionType } from '#core/contracts/actions.ts'
import { BoardEvent } from '#core/contracts/events.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { makeLog } from '#core/platform/log.ts'
import { aKey } from '#tests/support/a-key.ts'
import { aCommand } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { aViewer, type TestViewer } from '#tests/support/viewer.ts'
import { NO_RUNS } from '#tests/support/no-runs.ts'
import { startCollab, type Collab } from './collab.ts'

const AUTH_KEY = randomBytes(32).toString('base64url')
const log = makeLog('test', 'silent')

let it: Awaited<ReturnType<typeof anEngine>>
let collab: Collab
let followUps: { stop(): Promise<void> }
let board: SomeBoard
let epoch: string
let token: string
let folder: Awaited<ReturnType<typeof ownFolder>>

beforeAll(async () => {
  folder = await ownFolder()
  it = await anEngine()
  const config = {
    HOST: '127.0.0.1',
    COLLAB_PORT: 0,
    REDIS_URL: inject('redisUrl'),
    REDIS_PREFIX: it.redisPrefix,
    AUTH_KEY,
    AUDIT_KEY: aKey(),
    FILES_URL: folder.url,
  }
  collab = await startCollab(config, it.database, log)
  followUps = startFollowUps({ config, database: it.database, runs: NO_RUNS, log })
})
afterAll(async () => {
  await followUps.stop()
  await collab.stop()
  await it.stop()
  await folder.remove()
})

beforeEach(async () => {
  board = await aBoard(it.database)
  epoch = (await it.database('boards').where({ id: board.boardId }).first('epoch')).epoch
  token = await signToken(tokenKeys(AUTH_KEY), 'api', board.ownerId)
})

async function act<Type extends ActionType>(
  type: Type,
  targetId: string,
  body: ActionBody<Type>,
): Promise<Record<string, unknown>> {
  const command = await aCommand(it.database, board.ownerId, type, targetId, body)
  const outcome = await it.engine.submit(command, 'outcome')
  expect(outcome).toMatchObject({ status: 'done' })
  return (outcome as { result: Record<string, unknown> }).result
}

const view = (offset: number): TestViewer =>
  aViewer(collab.port, board.boardId, token, { epoch, offset })
const create = (title: string) =>
  act('card.create', board.boardId, { columnId: board.columns['To do']!, title })

test('an action is seen by who looks on, and the same by who comes later', async () => {
  const early = view(0)
  await vi.waitFor(() => expect(early.provider.synced).toBe(true))
  const { card } = (await create('Seen at once')) as { card: { id: string } }
  await vi.waitFor(() => expect(early.offsets()).toEqual([1]))
  await act('card.edit', card.id, { baseVersion: 1, changes: { title: 'Seen again', points: 3 } })
  await act('card.move', card.id, { columnId: board.columns['Done']! })
  await vi.waitFor(() => expect(early.offsets()).toEqual([1, 2, 3]))

  const late = view(0)
  await vi.waitFor(() => expect(late.offsets()).toEqual([1, 2, 3]))
  expect(late.events()).toEqual(early.events())
  for (const event of early.events()) BoardEvent.parse(event)
  early.leave()
  late.leave()
})

test('what follows from an action reaches the inbox, the search and the counters', async () => {
  const mia = await aMember(it.database, board, 'member')
  const { card } = (await create('Look me up')) as { card: { id: string } }
  await act('card.assign', card.id, { userId: mia })
  const follows = async () => ({
    told: await it.database('notifications').where({ user_id: mia }).pluck('kind'),
    found: await it.database('search_entries').where({ source_id: card.id }).pluck('body'),
    counted: await it
      .database('board_counters')
      .where({ board_id: board.boardId })
      .pluck('open_cards'),
  })
  await vi.waitFor(
    async () =>
      expect(await follows()).toEqual({ told: ['assigned'], found: ['Look me up'], counted: [1] }),
    { timeout: 5_000 },
  )
})

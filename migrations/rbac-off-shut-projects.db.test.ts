import knex, { type Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '#tests/support/database.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'
import { source } from './source.ts'

const SETTINGS = { migrationSource: source, tableName: 'schema_migrations' }
const NAME = '20261128000100_rbac_off_shut_projects'

let database: Knex

beforeAll(async () => {
  const { url, drop } = await emptyDatabase()
  database = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  return async () => {
    await database.destroy()
    await drop()
  }
})

test('who was on cards of a project they do not see is taken off them, and those who look are told', async () => {
  await database.migrate.latest(SETTINGS)
  await database.migrate.down({ ...SETTINGS, name: NAME })
  const [shut, open] = [await aBoard(database), await aBoard(database)]
  const home = { workspace_id: shut.workspaceId, project_id: shut.projectId }
  const [named, other] = [
    await aMember(database, shut, 'member'),
    await aMember(database, shut, 'viewer'),
  ]
  const admin = await aMember(database, shut, 'admin')
  await database('project_roles').insert([
    { ...home, user_id: null, role: 'none' },
    { ...home, user_id: named, role: 'member' },
  ])
  const cardId = await aCard(database, shut)
  const on = (card_id: string, workspace_id: string, user_id: string) =>
    database('card_assignees').insert({ card_id, workspace_id, user_id })
  for (const user of [named, other, admin]) await on(cardId, shut.workspaceId, user)
  const elsewhere = await aCard(database, open)
  await on(elsewhere, open.workspaceId, open.ownerId)

  await database.migrate.up({ ...SETTINGS, name: NAME })

  const left: string[] = await database('card_assignees')
    .where({ card_id: cardId })
    .pluck('user_id')
  expect(left.toSorted()).toEqual([named, admin].toSorted())
  expect(await database('card_assignees').where({ card_id: elsewhere })).toHaveLength(1)
  const told = await database('board_events').where({ type: 'member.removed' })
  expect(told).toMatchObject([{ board_id: shut.boardId, body: { reload: true } }])
  expect(await database('boards').where({ id: shut.boardId }).first()).toMatchObject({
    event_seq: told[0].seq,
  })
})

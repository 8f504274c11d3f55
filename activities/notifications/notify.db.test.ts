import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { aBoard, aCard, aMember, aUser } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { notify } from './notify.ts'

const database = useDatabase()

async function aMention(userIds: (workspace: { workspaceId: string }) => Promise<string[]>) {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board)
  const payload = {
    kind: 'mentioned',
    userIds: await userIds(board),
    boardId: board.boardId,
    cardId,
    actorId: board.ownerId,
    excerpt: 'Have a look',
  }
  return { id: newId(), workspaceId: board.workspaceId, effectKey: newId(), payload }
}

test('everybody it concerns is told once, even when it is told twice', async () => {
  const due = await aMention(async (workspace) => [
    await aMember(database(), workspace, 'member'),
    await aMember(database(), workspace, 'viewer'),
  ])
  await database().transaction((trx) => notify(trx, due))
  await database().transaction((trx) => notify(trx, due))
  const told = await database()('notifications').where({ card_id: due.payload.cardId })
  expect(new Set(told.map((row) => row.user_id))).toEqual(new Set(due.payload.userIds))
  expect(told).toHaveLength(2)
  expect(told[0]).toMatchObject({
    kind: 'mentioned',
    actor_id: due.payload.actorId,
    excerpt: 'Have a look',
    read_at: null,
  })
})

test('who does not see the project is not told', async () => {
  const due = await aMention(async (workspace) => [await aMember(database(), workspace, 'member')])
  const { id: project_id } = await database()('projects')
    .where({ workspace_id: due.workspaceId })
    .first('id')
  const row = { workspace_id: due.workspaceId, project_id, user_id: null, role: 'none' }
  await database()('project_roles').insert(row)
  await database().transaction((trx) => notify(trx, due))
  expect(await database()('notifications').where({ card_id: due.payload.cardId })).toEqual([])
})

test('who is no member of the workspace is not told', async () => {
  const due = await aMention(async () => [await aUser(database())])
  await database().transaction((trx) => notify(trx, due))
  expect(await database()('notifications').where({ card_id: due.payload.cardId })).toEqual([])
})

test('each reader is told by the ways they chose, and by none if so they chose', async () => {
  const ways = {
    atOnce: { in_inbox: true, email: 'at_once' },
    silent: { in_inbox: false, email: 'daily' },
    never: { in_inbox: true, email: 'never' },
    none: { in_inbox: false, email: 'never' },
  }
  const readers = new Map<string, string>()
  const due = await aMention(async (workspace) => {
    for (const [name, way] of Object.entries(ways)) {
      const user_id = await aMember(database(), workspace, 'member')
      await database()('notification_settings').insert({ user_id, kind: 'mentioned', ...way })
      readers.set(user_id, name)
    }
    return [...readers.keys()]
  })
  await writeAs(database('worker'), { workspaceId: due.workspaceId }, (trx) => notify(trx, due))
  const told = await database()('notifications').where({ card_id: due.payload.cardId })
  const found = told.map((row) => [readers.get(row.user_id), row.in_inbox, row.mail_due?.getTime()])
  const morning = expect.closeTo(Date.now() + 12 * 3_600_000, -8)
  expect(new Map(found.map(([name, ...rest]) => [name, rest]))).toEqual(
    new Map([
      ['atOnce', [true, expect.closeTo(Date.now(), -5)]],
      ['silent', [false, morning]],
      ['never', [true, undefined]],
    ]),
  )
})

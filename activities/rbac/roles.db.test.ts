import { expect, test } from 'vitest'
import { readAs } from '#core/platform/acting-as.ts'
import { completed, GIVABLE, ROLES, rightsOf, type Rights } from '#core/kernel/permissions.ts'
import { useActions } from '#tests/support/actions.ts'
import { aFile } from '#tests/support/files/a-file.ts'
import { aBoard, aCard, aMember, aMemberWith } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal } = useActions()

const edit = { baseVersion: 1, changes: { title: 'Better' } }

test('who may write their own makes cards, and edits, deletes and takes back what is theirs', async () => {
  const board = await aBoard(database())
  const ann = await aMemberWith(database(), board, ['card.write.own'])
  const columnId = board.columns['To do']!
  const { result, commandId } = await act(ann, 'card.create', board.boardId, {
    columnId,
    title: 'Mine',
  })
  const { id } = result.card
  const edited = await act(ann, 'card.edit', id, edit)
  const item = await act(ann, 'checklist.add', id, { text: 'Ask' })
  await act(ann, 'checklist.edit', item.result.item.id, { done: true })
  await undo(ann, edited.commandId)
  await act(ann, 'card.delete', id, {})
  await act(ann, 'card.recover', id, {})
  expect(await undoRefusal(ann, commandId)).toMatchObject({ code: 'undo.changed_since' })
})

test('somebody on a card edits it and does not delete it, and leaves other cards as they are', async () => {
  const board = await aBoard(database())
  const ann = await aMemberWith(database(), board, ['card.write.own'])
  const [theirs, other] = [await aCard(database(), board), await aCard(database(), board)]
  await act(board.ownerId, 'card.assign', theirs, { userId: ann })
  await act(ann, 'card.move', theirs, { columnId: board.columns['Done']! })
  const denied = { code: 'permission.denied' }
  expect(await refusal(ann, 'card.delete', theirs, {})).toMatchObject(denied)
  expect(await refusal(ann, 'card.edit', other, edit)).toMatchObject(denied)
  expect(await refusal(ann, 'comment.add', theirs, { text: 'Hm' })).toMatchObject(denied)
  await act(board.ownerId, 'card.unassign', theirs, { userId: ann })
  expect(await refusal(ann, 'card.edit', theirs, edit)).toMatchObject(denied)
})

test('who works on their own cards attaches files there, and takes off those they attached', async () => {
  const board = await aBoard(database())
  const ann = await aMemberWith(database(), board, ['card.write.own'])
  const [mine, other] = [
    await aCard(database(), board, { row: { created_by: ann } }),
    await aCard(database(), board),
  ]
  const [file, another] = [
    await aFile(database(), { ...board, ownerId: ann }),
    await aFile(database(), { ...board, ownerId: ann }),
  ]
  const theirs = await aFile(database(), board)
  const denied = { code: 'permission.denied' }
  await act(ann, 'attachment.add', mine, { fileId: file })
  expect(await refusal(ann, 'attachment.add', other, { fileId: another })).toMatchObject(denied)
  await act(board.ownerId, 'attachment.add', mine, { fileId: theirs })
  expect(await refusal(ann, 'attachment.remove', theirs, {})).toMatchObject(denied)
  await act(ann, 'attachment.remove', file, {})
  await act(ann, 'attachment.recover', file, {})
})

test('who may comment edits and deletes their own comments and nobody else’s', async () => {
  const board = await aBoard(database())
  const ann = await aMemberWith(database(), board, ['comment.write'])
  const cardId = await aCard(database(), board)
  const mine = await act(ann, 'comment.add', cardId, { text: 'Mine' })
  const other = await act(board.ownerId, 'comment.add', cardId, { text: 'Yours' })
  await act(ann, 'comment.edit', mine.result.comment.id, { text: 'Ours' })
  await act(ann, 'comment.delete', mine.result.comment.id, {})
  expect(await refusal(ann, 'comment.delete', other.result.comment.id, {})).toMatchObject({
    code: 'comment.not_yours',
  })
})

test('ASVS line 17: another role counts for the next command of a running batch', async () => {
  const board = await aBoard(database())
  const ann = await aMemberWith(database(), board, ['card.write'])
  const cardId = await aCard(database(), board)
  await act(ann, 'card.edit', cardId, edit)
  await database()('roles').update({ permissions: completed([]) })
  expect(await refusal(ann, 'card.archive', cardId, {})).toMatchObject({
    code: 'permission.denied',
  })
})

test('in a deleted workspace nothing is done and nothing taken back', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board)
  const edited = await act(board.ownerId, 'card.edit', cardId, edit)
  const gone = { deleted_at: new Date(), restorable_by: [board.ownerId] }
  await database()('workspaces').where({ id: board.workspaceId }).update(gone)
  const denied = { code: 'permission.denied' }
  expect(await refusal(board.ownerId, 'card.archive', cardId, {})).toMatchObject(denied)
  expect(await undoRefusal(board.ownerId, edited.commandId)).toMatchObject(denied)
})

/** What a role of these rights opens, as the kernel has it. */
const PURPOSES: Readonly<Record<string, (rights: Rights) => boolean>> = {
  read: () => true,
  write: (rights) => !rights.isSubsetOf(new Set(['board.read', 'audit.read'])),
  administer: (rights) => rights.has('members.manage'),
  audit: (rights) => rights.has('audit.read'),
}

test.each(Object.entries(PURPOSES))(
  'Postgres opens a workspace to %s it to the roles that the table of permissions gives it',
  async (purpose, opens) => {
    const board = await aBoard(database())
    const people = [
      ...ROLES.map((role) => ({
        rights: rightsOf(role, null),
        join: () => aMember(database(), board, role),
      })),
      ...GIVABLE.map((each) => ({
        rights: rightsOf('custom', completed([each])),
        join: () => aMemberWith(database(), board, [each]),
      })),
    ]
    for (const { rights, join } of people) {
      const userId = await join()
      const { rows } = await readAs(database('api'), { userId }, (trx) =>
        trx.raw('select cardinality(app.workspaces_to(?)) as opened', [purpose]),
      )
      expect(rows[0].opened, [...rights].join()).toBe(opens(rights) ? 1 : 0)
    }
  },
)

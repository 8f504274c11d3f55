import { expect, test } from 'vitest'
import type { Command } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import type { ProjectRole } from '#core/kernel/permissions.ts'
import { useActions } from '#tests/support/actions.ts'
import {
  aBoard,
  aCard,
  aMember,
  aMemberWith,
  aProject,
  type SomeBoard,
} from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal, together, command } = useActions()

const edit = { baseVersion: 1, changes: { title: 'Better' } }
const denied = { code: 'permission.denied' }

async function say(
  { workspaceId, projectId }: SomeBoard,
  userId: string | null,
  role: ProjectRole,
) {
  const row = { workspace_id: workspaceId, project_id: projectId, user_id: userId, role }
  await database()('project_roles').insert(row)
}

/** A board, and one of another project beside it. */
async function twoBoards(): Promise<[SomeBoard, SomeBoard]> {
  const board = await aBoard(database())
  const projectId = await aProject(database(), board, { name: 'Secret', key: 'SEC' })
  return [board, await aBoard(database(), { within: { ...board, projectId } })]
}

const assign = async ({ workspaceId }: SomeBoard, cardId: string, userIds: readonly string[]) =>
  await database()('card_assignees').insert(
    userIds.map((user_id) => ({ card_id: cardId, user_id, workspace_id: workspaceId })),
  )

test('each command of a batch is checked against what its actor is in the project when it runs', async () => {
  const board = await aBoard(database())
  const [ann, bob, cid] = [
    await aMember(database(), board, 'member'),
    await aMember(database(), board, 'member'),
    await aMember(database(), board, 'member'),
  ]
  const commands: Command[] = []
  for (const who of [ann, bob, cid]) {
    commands.push(await command(who, 'card.edit', await aCard(database(), board), edit))
  }
  await say(board, ann, 'viewer')
  await say(board, bob, 'none')
  expect(await together(commands)).toMatchObject([
    denied,
    { code: 'card.not_found' },
    { status: 'done' },
  ])
})

test('a viewer of the workspace works in the project in which they are a member, and in no other', async () => {
  const [board, other] = await twoBoards()
  const ann = await aMember(database(), board, 'viewer')
  await say(other, ann, 'member')
  const [theirs, not] = [await aCard(database(), other), await aCard(database(), board)]
  const edited = await act(ann, 'card.edit', theirs, edit)
  await act(ann, 'comment.add', theirs, { text: 'Mine' })
  await act(ann, 'column.create', other.boardId, { columnId: newId(), name: 'Later' })
  await undo(ann, edited.commandId)
  expect(await refusal(ann, 'card.edit', not, edit)).toMatchObject(denied)
  const { columns } = board
  expect(await refusal(ann, 'card.move', theirs, { columnId: columns['Done']! })).toMatchObject(
    denied,
  )
})

test('no card goes to a project its mover does not see, and none is taken back into one', async () => {
  const [board, other] = await twoBoards()
  const ann = await aMember(database(), board, 'member')
  const cardId = await aCard(database(), other)
  const moved = await act(ann, 'card.move', cardId, { columnId: board.columns['Done']! })
  await say(other, ann, 'none')
  const gone = { code: 'column.not_found' }
  const back = { columnId: other.columns['Done']! }
  expect(await refusal(ann, 'card.move', cardId, back)).toMatchObject(gone)
  expect(await undoRefusal(ann, moved.commandId)).toMatchObject({
    code: expect.stringMatching(/not_found$/),
  })
})

test('who does not see the project a card goes to is taken off it, and comes back with it', async () => {
  const [board, secret] = await twoBoards()
  const [ann, bob] = [
    await aMember(database(), board, 'member'),
    await aMember(database(), board, 'member'),
  ]
  await say(secret, ann, 'none')
  const cardId = await aCard(database(), board)
  await assign(board, cardId, [ann, bob])
  const assignees = async () =>
    await database()('card_assignees')
      .where({ card_id: cardId })
      .orderBy('user_id')
      .pluck('user_id')
  const moved = await act(bob, 'card.move', cardId, { columnId: secret.columns['Done']! })
  expect(moved.events.at(-1)).toMatchObject({ card: { assignees: [bob] } })
  expect(await assignees()).toEqual([bob])
  await undo(bob, moved.commandId)
  expect(await assignees()).toEqual([ann, bob].toSorted())
})

test('an undo brings nobody back to a card who does not see it by then', async () => {
  const [board, secret] = await twoBoards()
  const ann = await aMember(database(), board, 'member')
  await say(secret, ann, 'none')
  const cardId = await aCard(database(), board)
  await assign(board, cardId, [ann])
  const moved = await act(board.ownerId, 'card.move', cardId, { columnId: secret.columns['Done']! })
  await say(board, ann, 'none')
  await undo(board.ownerId, moved.commandId)
  expect(await database()('card_assignees').where({ card_id: cardId })).toEqual([])
})

test('who may write their own writes their own where they are no more than that', async () => {
  const board = await aBoard(database())
  const ann = await aMemberWith(database(), board, ['card.write.own'])
  const [own, other] = [
    await aCard(database(), board, { row: { created_by: ann } }),
    await aCard(database(), board),
  ]
  await act(ann, 'card.edit', own, edit)
  await say(board, null, 'member')
  await act(ann, 'card.edit', other, edit)
  await database()('project_roles').update({ role: 'viewer' })
  expect(await refusal(ann, 'card.archive', own, {})).toMatchObject(denied)
})

test('nobody is put on a card, or called to one, that they do not see', async () => {
  const board = await aBoard(database())
  const ann = await aMember(database(), board, 'member')
  const cardId = await aCard(database(), board)
  await say(board, ann, 'none')
  const unknown = { code: 'member.not_found' }
  expect(await refusal(board.ownerId, 'card.assign', cardId, { userId: ann })).toMatchObject(
    unknown,
  )
  const text = { text: 'Look', mentions: [ann] }
  expect(await refusal(board.ownerId, 'comment.add', cardId, text)).toMatchObject(unknown)
})

test('a copy of a private project is as private', async () => {
  const board = await aBoard(database())
  const ann = await aMember(database(), board, 'member')
  await say(board, null, 'none')
  const { result } = await act(board.ownerId, 'project.duplicate', board.projectId, {
    name: 'Copy',
    key: 'CPY',
  })
  const { id } = result.project
  const said = await database()('project_roles').where({ project_id: id }).select('user_id', 'role')
  expect(said).toEqual([{ user_id: null, role: 'none' }])
  await expect(act(ann, 'project.rename', id, { name: 'Mine' })).rejects.toThrow(/sees no project/)
})

test('who runs a project and not its workspace makes no copy of it', async () => {
  const board = await aBoard(database())
  const ann = await aMember(database(), board, 'member')
  await say(board, ann, 'admin')
  await act(ann, 'project.rename', board.projectId, { name: 'Ours' })
  const copy = { name: 'Copy', key: 'CPY' }
  expect(await refusal(ann, 'project.duplicate', board.projectId, copy)).toMatchObject(denied)
})

test('whoever is kept from a project is told that its key is taken, and nothing else of it', async () => {
  const [board, secret] = await twoBoards()
  const ann = await aMemberWith(database(), board, ['project.configure'])
  await say(secret, ann, 'none')
  const wanted = { name: 'Mine', key: 'SEC' }
  expect(await refusal(ann, 'project.create', board.workspaceId, wanted)).toEqual({
    code: 'project.key_taken',
    details: {},
  })
})

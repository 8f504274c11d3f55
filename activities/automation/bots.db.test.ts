import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { boardView, cardDetails } from '#activities/kanban/queries.ts'
import { copyProjectRoles, memberIds, membersOf, projectPeople } from '#activities/rbac/queries.ts'
import { changeMember } from '#activities/rbac/change-member.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, aMemberWith, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say } from '#tests/support/flows/a-flow.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'
import { drawing } from '#tests/support/flows/drawing.ts'
import { TELLING_NOBODY } from '#tests/support/flows/telling-nobody.ts'
import { deleteFlow } from './change-flow.ts'
import { homeOf } from './home-of.ts'
import { botsOf } from './queries.ts'
import { runSettler } from './settle-run.ts'

const { database, act, refusal } = useActions()
const ALL = { limit: 100 }
const { as, draw, publish } = drawing(
  () => database('api'),
  () => board,
)

let board: SomeBoard
let other: SomeBoard
let flowId: string
let botId: string

beforeAll(async () => {
  board = await aBoard(database())
  const { workspaceId, ownerId } = board
  other = await aBoard(database(), {
    within: { workspaceId, ownerId, projectId: await elsewhere() },
  })
  flowId = await aPublishedFlow(database(), board, { ...draft([say('a')]), name: 'Triage' })
  botId = await botOf(flowId)
})

async function elsewhere(): Promise<string> {
  const id = newId()
  const row = { id, workspace_id: board.workspaceId, name: 'Other', key: 'OTH' }
  await database()('projects').insert({ ...row, created_by: board.ownerId })
  return id
}

const botOf = async (id: string): Promise<string> =>
  (await database()('flows').where({ id }).first('actor_id')).actor_id

async function published(userId: string): Promise<string> {
  const id = await draw(draft([say('a')]), userId)
  await publish(id, null, userId)
  return id
}

test('each flow has a bot of its own, called as the flow is, which nobody can sign in as', async () => {
  expect(await database()('users').where({ id: botId }).first()).toMatchObject({
    kind: 'bot',
    name: 'Triage',
    email: null,
    password_hash: null,
  })
  await expect(database()('users').where({ id: botId }).update({ password_hash: 'x' }))
    .rejects //
    .toThrow(/users_bot_has_no_password/)
  expect(await botOf(await aPublishedFlow(database(), board, draft([say('a')])))).not.toBe(botId)
})

test('what a bot does stands under its name, in its own project and nowhere else', async () => {
  const [here, there] = [await aCard(database(), board), await aCard(database(), other)]
  await act(botId, 'comment.add', here, { text: 'Beep' })
  const [comment] = (await cardDetails(database(), board.ownerId, here))!.comments
  expect(comment).toMatchObject({ authorId: botId, text: 'Beep' })
  const line = await database()('audit_log').where({ action: 'comment.add' }).first()
  expect(line).toMatchObject({ actor_id: botId, decision: 'allowed' })
  await act(botId, 'card.assign', here, { userId: board.ownerId })
  const over = { columnId: other.columns['Done']! }
  expect(await refusal(botId, 'card.move', here, over)).toMatchObject({ code: 'column.not_found' })
  await expect(act(botId, 'comment.add', there, { text: 'Beep' })).rejects.toThrow('card.not_found')
  await expect(act(botId, 'board.create', board.projectId, { name: 'More' })).resolves.toBeTruthy()
  await expect(act(botId, 'project.rename', board.projectId, { name: 'X' })).rejects.toThrow(
    'permission.denied',
  )
  // What everybody may in another project, no bot may.
  const everybody = { workspace_id: board.workspaceId, project_id: other.projectId, role: 'member' }
  await database()('project_roles').insert(everybody)
  await expect(act(botId, 'comment.add', there, { text: 'Beep' })).rejects.toThrow('card.not_found')
})

test('a bot is among no people: not listed, assigned, asked, changed or copied, and shown apart', async () => {
  const { workspaceId, projectId, boardId, ownerId } = board
  const listed = [
    ...(await membersOf(database(), workspaceId, ALL)).items,
    ...(await projectPeople(database(), projectId, ALL)).items,
    ...(await boardView(database(), ownerId, boardId))!.members,
  ]
  expect(listed.filter(({ id }) => id === botId)).toEqual([])
  const cardId = await aCard(database(), board)
  expect(await refusal(ownerId, 'card.assign', cardId, { userId: botId })).toMatchObject({
    code: 'member.not_found',
  })
  const by = { actorId: ownerId, requestId: newId(), ip: '127.0.0.1' }
  const change = { ...by, workspaceId, userId: botId, given: null }
  await expect(changeMember(database('api'), change, recordAudit)).rejects.toMatchObject({
    code: 'member.not_found',
  })
  await database().transaction(async (trx) => {
    expect(await memberIds(trx, { workspaceId, projectId }, [botId])).toEqual(new Set())
    await copyProjectRoles(trx, projectId, other.projectId)
    const copied = await trx('project_roles').where({ project_id: other.projectId })
    expect(copied.filter(({ user_id }) => user_id !== null)).toEqual([])
  })
  const shown = (await boardView(database(), ownerId, boardId))!.bots
  expect(shown.find(({ id }) => id === botId)).toMatchObject({ name: 'Triage' })
  const { items } = await botsOf(database(), workspaceId, ALL)
  expect(items.find(({ id }) => id === botId)).toMatchObject({ flowId, projectName: 'Checkout' })
})

test('nobody makes a bot that may do more than they may', async () => {
  const designer = await aMemberWith(database(), board, ['board.configure'])
  await expect(published(designer)).rejects.toMatchObject({ code: 'flow.bot_beyond_rights' })
  const { workspaceId: workspace_id, projectId: project_id } = board
  const admin = await aMember(database(), board, 'viewer')
  await database()('project_roles').insert({
    workspace_id,
    project_id,
    user_id: admin,
    role: 'admin',
  })
  await expect(published(admin)).resolves.toBeTruthy()
})

test('a flow goes on when whoever published it has left', async () => {
  const publisher = await aMember(database(), board, 'member')
  const id = await published(publisher)
  await database()('workspace_members').where({ user_id: publisher }).delete()
  const order = { workspaceId: board.workspaceId, flowId: id, actorId: await botOf(id) }
  expect(await homeOf(database('worker'), order)).toMatchObject({ projectId: board.projectId })
  await act(await botOf(id), 'comment.add', await aCard(database(), board), { text: 'Still here' })
})

test('with a deleted flow its bot goes, after the last of its runs, and its name stays', async () => {
  const { workspaceId, projectId: project_id, ownerId: userId } = board
  const id = await published(userId)
  const bot = await botOf(id)
  const run = { runId: newId(), flowId: id, version: 1, cause: newId(), chain: [], cardId: null }
  const home = { workspace_id: workspaceId, project_id, flow_id: id, version: 1, cause: run.cause }
  await database()('flow_runs').insert({ ...home, id: run.runId })
  const cardId = await aCard(database(), board)
  const asked = { workspaceId, flowId: id, actorId: userId, requestId: newId(), ip: '127.0.0.1' }
  await as(userId, (trx) => deleteFlow(trx, asked, recordAudit))
  await act(bot, 'comment.add', cardId, { text: 'Taken back' })
  const settle = runSettler(database('worker'), TELLING_NOBODY)
  await settle({ run: { workspaceId, ...run }, end: { status: 'cancelled', reason: 'Deleted' } })
  await expect(act(bot, 'comment.add', cardId, { text: 'Late' })).rejects.toThrow('sees no card')
  const bots = (await boardView(database(), userId, board.boardId))!.bots
  expect(bots.find((each) => each.id === bot)).toMatchObject({ name: 'A flow' })
  const { items } = await botsOf(database(), workspaceId, ALL)
  expect(items.filter((each) => each.id === bot)).toEqual([])
})

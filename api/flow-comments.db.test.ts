import { beforeAll, beforeEach, expect, test } from 'vitest'
import { notify } from '#activities/notifications/notify.ts'
import { FlowComments } from '#core/contracts/flows/comments.ts'
import { COMMENTS_PER_FLOW_MAX } from '#core/flows/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aMember, aUser, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say } from '#tests/support/flows/a-flow.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let flow: string
let ann: string

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
  flow = newId()
  const { workspaceId: workspace_id, projectId: project_id, ownerId: created_by } = board
  const drawn = { draft: draft([say('tell'), say('ask')]), name: 'Triage', created_by }
  await api.database('flows').insert({ id: flow, workspace_id, project_id, ...drawn })
  ann = await aMember(api.database, board, 'member')
})

const ask = async (method: string, path = '', body?: object, as = board.ownerId, key = newId()) =>
  await api.call(method, `/api/v1/flows/${flow}/comments${path}`, {
    as,
    ...(body && { body }),
    ...(method === 'POST' && { headers: { 'idempotency-key': key } }),
  })
const codeOf = async (...asked: Parameters<typeof ask>) => {
  const { status, body } = await ask(...asked)
  return [status, body.error?.code]
}
const listed = async (as = ann) => FlowComments.parse((await ask('GET', '', undefined, as)).body)
const commented = async (body: object, as = board.ownerId): Promise<string> =>
  (await ask('POST', '', body, as)).body.id

test('a comment on a step is told with who wrote it, changed, settled, taken up again and deleted', async () => {
  const [id, before] = [newId(), (await listed()).version]
  for (let count = 0; count < 2; count += 1) {
    await ask('POST', '', { stepId: 'tell', text: 'Why this?' }, ann, id)
  }
  const { version, items } = await listed()
  expect(version).toBe(before + 1)
  expect(items).toMatchObject([
    { id, stepId: 'tell', text: 'Why this?', author: { id: ann }, editedAt: null, settled: null },
  ])

  await ask('PUT', `/${id}`, { text: 'Why this one?' }, ann)
  await ask('POST', `/${id}/resolve`)
  await ask('POST', `/${id}/resolve`)
  const [changed] = (await listed()).items
  expect(changed).toMatchObject({ text: 'Why this one?', settled: { by: { id: board.ownerId } } })
  expect(changed?.editedAt).not.toBeNull()
  await ask('POST', `/${id}/reopen`)
  expect((await listed()).items[0]?.settled).toBeNull()
  await ask('DELETE', `/${id}`, undefined, ann)
  expect((await listed()).items).toEqual([])

  const lines = await api.database('audit_log').where({ target_id: flow }).orderBy('id')
  expect(lines.map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ['flow.comment', ann],
    ['flow.edit_comment', ann],
    ['flow.settle_comment', board.ownerId],
    ['flow.reopen_comment', board.ownerId],
    ['flow.delete_comment', ann],
  ])
  expect(lines.at(-1)).toMatchObject({ before: { step: 'tell', comment: 'Why this one?' } })
})

test('comments stay when the step is taken out and when the flow is published', async () => {
  await commented({ stepId: 'ask', text: 'Whom?' })
  await commented({ text: 'Only for bugs?' })
  const at = `/api/v1/flows/${flow}`
  const as = board.ownerId
  const body = { baseVersion: 1, draft: draft([say('tell')]) }
  await api.call('PUT', `${at}/draft`, { as, body })
  const publishing = { baseVersion: null, message: 'So' }
  const { status } = await api.call('POST', `${at}/publish`, { as, body: publishing })
  expect(status).toBe(200)
  const { items } = await listed()
  expect(items.map(({ stepId, text }) => [stepId, text])).toEqual([
    ['ask', 'Whom?'],
    [null, 'Only for bugs?'],
  ])
})

test('what cannot be is refused with its code, and changes nothing', async () => {
  const viewer = await aMember(api.database, board, 'viewer')
  const stranger = await aUser(api.database)
  const id = await commented({ stepId: 'tell', text: 'Mine' })
  const { version } = await listed()
  expect(await codeOf('POST', '', { stepId: 'gone', text: 'x' })).toEqual([
    404,
    'flow.step_not_found',
  ])
  expect(await codeOf('POST', '', { text: ' ' })).toEqual([400, 'request.invalid'])
  expect(await codeOf('POST', '', { text: 'x', mentions: [stranger] })).toEqual([
    404,
    'member.not_found',
  ])
  expect(await codeOf('POST', '', { text: 'x' }, ann, id)).toEqual([409, 'request.id_taken'])
  expect(await codeOf('POST', '', { text: 'x' }, viewer)).toEqual([403, 'permission.denied'])
  expect(await codeOf('PUT', `/${id}`, { text: 'Theirs' }, ann)).toEqual([403, 'comment.not_yours'])
  expect(await codeOf('DELETE', `/${id}`, undefined, ann)).toEqual([403, 'comment.not_yours'])
  expect(await codeOf('DELETE', `/${newId()}`)).toEqual([404, 'comment.not_found'])
  expect(await codeOf('GET', '', undefined, stranger)).toEqual([404, 'flow.not_found'])
  expect(await listed(viewer)).toMatchObject({ version, items: [{ text: 'Mine' }] })
  const denied = await api.database('audit_log').where({ target_id: flow, decision: 'denied' })
  expect(denied.map(({ actor_id, reason }) => [actor_id, reason])).toEqual([
    [viewer, 'permission.denied'],
    [ann, 'comment.not_yours'],
    [ann, 'comment.not_yours'],
  ])
})

test('a flow has at most 500 comments', async () => {
  const { workspaceId: workspace_id, projectId: project_id, ownerId: author_id } = board
  const row = { workspace_id, project_id, flow_id: flow, author_id, body: 'x' }
  const rows = Array.from({ length: COMMENTS_PER_FLOW_MAX - 1 }, () => ({ ...row, id: newId() }))
  await api.database.batchInsert('flow_comments', rows)
  await commented({ text: 'The last one' })
  expect(await codeOf('POST', '', { text: 'One more' })).toEqual([409, 'flow.comment_limit'])
})

test('who is named hears of it once in the inbox, unless the flow is shut or the comment is gone', async () => {
  const jon = await aMember(api.database, board, 'member')
  const id = await commented({ stepId: 'tell', text: 'Look, @Ann', mentions: [ann, board.ownerId] })
  await ask('PUT', `/${id}`, { text: 'Look,\n@Ann and @Jon', mentions: [ann, jon] })
  const told = async (userId: string, query = '?flows=true') =>
    (await api.call('GET', `/api/v1/notifications${query}`, { as: userId })).body.items
  for (const { workspace_id, effect_key, payload, ...row } of await api.database('outbox')) {
    const due = { id: row.id, workspaceId: workspace_id, effectKey: effect_key, payload }
    await api.database.transaction((trx) => notify(trx, due))
  }
  const news = {
    kind: 'mentioned',
    actorId: board.ownerId,
    excerpt: 'Look, @Ann and @Jon',
    flow: { id: flow, name: 'Triage', commentId: id },
  }
  expect(await told(ann)).toEqual([expect.objectContaining(news)])
  expect(await told(jon)).toEqual([expect.objectContaining(news)])
  expect(await told(board.ownerId)).toEqual([])
  // Whoever does not ask for news of flows knows only those of cards.
  expect(await told(ann, '')).toEqual([])

  const { workspaceId: workspace_id, projectId: project_id } = board
  const shut = { workspace_id, project_id, user_id: jon, role: 'none' }
  await api.database('project_roles').insert(shut)
  expect(await told(jon)).toEqual([])
  await ask('DELETE', `/${id}`)
  expect(await told(ann)).toEqual([])
})

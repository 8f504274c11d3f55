import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { storeRefusal } from '#activities/actions/store-refusal.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { BoardView, CardDetails } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'
import { spreadRanks } from '#core/kernel/rank.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { makeLog } from '#core/platform/log.ts'
import { anApi, type Answer } from '#tests/support/api.ts'
import { aCommand } from '#tests/support/command.ts'
import {
  aBoard,
  aCard,
  aMember,
  aProject,
  aWorkspace,
  manyCards,
  type SomeBoard,
} from '#tests/support/fixtures.ts'

/** On average; docs/decisions/023 says what a single one may have. */
const FACE_BYTES_MEAN_MAX = 400
const BOARD_BYTES_MAX = 2 * 1024 * 1024

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

beforeEach(async () => {
  board = await aBoard(api.database, { columns: ['To do', 'Done'] })
})

const get = (path: string, as = board.ownerId, headers = {}) =>
  api.call('GET', `/api/v1${path}`, { as, headers })

/** All items of a list, asked for `limit` at a time. */
async function everyPage(path: string, limit: number): Promise<Answer['body'][]> {
  const items: Answer['body'][] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await get(`${path}?limit=${limit}${cursor && `&cursor=${cursor}`}`)
    expect(body.items.length).toBeLessThanOrEqual(limit)
    items.push(...body.items)
    cursor = body.nextCursor
  }
  return items
}

describe('a board', () => {
  test('shows its live columns, people and cards, and where its events stand', async () => {
    const cardId = await aCard(api.database, board, { title: 'Fix login' })
    await aCard(api.database, board, { row: { archived_at: new Date() } })
    await aCard(api.database, board, { row: { deleted_at: new Date() } })

    const { status, body, headers } = await get(`/boards/${board.boardId}`)

    expect(status).toBe(200)
    const view = BoardView.parse(body)
    expect(view.board).toMatchObject({ name: 'Team', project: { name: 'Checkout', key: 'CHK' } })
    expect(view.cards.map((card) => card.id)).toEqual([cardId])
    expect(view.columns.map((column) => column.name)).toEqual(['To do', 'Done'])
    expect(view.members.map((member) => member.role)).toEqual(['owner'])
    expect(headers.get('etag')).toMatch(new RegExp(`^"${view.epoch}-${view.offset}-[\\w-]{12}"$`))
  })

  test('leaves out an archived column with the cards in it', async () => {
    await aCard(api.database, board, { column: 'Done' })
    await api
      .database('columns')
      .where({ id: board.columns['Done'] })
      .update({ archived_at: new Date() })

    const { body } = await get(`/boards/${board.boardId}`)
    const archived = await get(`/boards/${board.boardId}/archived-columns`)

    expect(body.cards).toEqual([])
    expect(body.columns).toHaveLength(1)
    expect(archived.body.items).toMatchObject([{ column: { name: 'Done' } }])
  })

  test('is not sent again to whoever has it as it is', async () => {
    const etag = (await get(`/boards/${board.boardId}`)).headers.get('etag')!

    const same = await get(`/boards/${board.boardId}`, board.ownerId, { 'if-none-match': etag })
    await api.database('boards').where({ id: board.boardId }).increment('event_seq', 1)
    const changed = await get(`/boards/${board.boardId}`, board.ownerId, { 'if-none-match': etag })

    expect(same.status).toBe(304)
    expect(same.body).toBe('')
    expect(changed.status).toBe(200)
    expect(changed.body.offset).toBe(1)
  })

  test('is sent again when a member has another name, which is no event of the board', async () => {
    const etag = (await get(`/boards/${board.boardId}`)).headers.get('etag')!
    await api.database('users').where({ id: board.ownerId }).update({ name: 'Olivia' })
    const renamed = await get(`/boards/${board.boardId}`, board.ownerId, { 'if-none-match': etag })
    expect(renamed.body.members).toMatchObject([{ name: 'Olivia' }])
  })

  test('is read anew when it has changed, and else sent as it was, to members only', async () => {
    const cardId = await aCard(api.database, board, { title: 'Before' })
    const path = `/boards/${board.boardId}`
    const first = await get(path)
    expect(await get(path)).toMatchObject({ status: 200, body: first.body })

    await api.database('cards').where({ id: cardId }).update({ title: 'After' })
    await api.database('boards').where({ id: board.boardId }).increment('event_seq', 1)
    expect((await get(path)).body.cards[0].title).toBe('After')

    await aMember(api.database, board, 'viewer')
    expect((await get(path)).body.members).toHaveLength(2)

    const stranger = await aBoard(api.database)
    expect((await get(path, stranger.ownerId)).status).toBe(404)
  })

  test('of 5,000 cards stays small, and is compressed for who takes that', async () => {
    const ids = await manyCards(api.database, board, 5_000)
    await decorate(
      board,
      ids.filter((_, index) => index % 2 === 0),
    )

    const { body, headers } = await get(`/boards/${board.boardId}`)

    const view = BoardView.parse(body)
    expect(view.cards).toHaveLength(5_000)
    expect(view.cards[0]!.labels).toHaveLength(2)
    expect(JSON.stringify(view.cards).length / 5_000).toBeLessThanOrEqual(FACE_BYTES_MEAN_MAX)
    expect(JSON.stringify(body).length).toBeLessThanOrEqual(BOARD_BYTES_MAX)
    expect(headers.get('content-encoding')).toMatch(/^(zstd|br|gzip)$/)
  })
})

/** Gives cards all that faces show: two labels, an assignee, a day, numbers and a colour. */
async function decorate({ workspaceId, projectId, ownerId }: SomeBoard, cardIds: string[]) {
  const labelIds = [newId(), newId()]
  const labels = labelIds.map((id) => ({ id, name: id, colour: 'red' }))
  const inWorkspace = { workspace_id: workspaceId }
  await api
    .database('labels')
    .insert(labels.map((label) => ({ ...label, ...inWorkspace, project_id: projectId })))
  const all = 'select id from unnest(?::uuid[]) as card (id)'
  for (const labelId of labelIds) {
    await api.database.raw(
      `insert into card_labels (card_id, label_id, workspace_id) select id, ?, ? from (${all}) as c`,
      [labelId, workspaceId, cardIds],
    )
  }
  await api.database.raw(
    `insert into card_assignees (card_id, user_id, workspace_id) select id, ?, ? from (${all}) as c`,
    [ownerId, workspaceId, cardIds],
  )
  await api.database('cards').whereIn('id', cardIds).update({
    due_on: '2026-12-24',
    priority: 1,
    points: 8,
    colour: 'orange',
    comment_count: 12,
    attachment_count: 3,
    checklist_done: 3,
    checklist_total: 7,
  })
}

describe('a card', () => {
  test('is told whole, with its checklist in order and its newest comments', async () => {
    const cardId = await aCard(api.database, board, { description: 'It fails on Safari.' })
    const inCard = { workspace_id: board.workspaceId, card_id: cardId }
    const [second, first] = spreadRanks(2).toReversed()
    await api.database('checklist_items').insert([
      { id: newId(), ...inCard, body: 'Test it', rank: second },
      { id: newId(), ...inCard, body: 'Find it', rank: first, done: true },
      { id: newId(), ...inCard, body: 'Hide it', rank: 'zz', deleted_at: new Date() },
    ])
    await someComments(cardId, 120)

    const { body } = await get(`/cards/${cardId}`)

    const details = CardDetails.parse(body)
    expect(details).toMatchObject({ description: 'It fails on Safari.', projectKey: 'CHK' })
    expect(details.checklist.map(({ text }) => text)).toEqual(['Find it', 'Test it'])
    expect(details.comments).toHaveLength(100)
    expect(details.comments.at(0)!.text).toBe('Comment 21')
    expect(details.comments.at(-1)!.text).toBe('Comment 120')
  })

  test('gives its older comments page by page, each one once', async () => {
    const cardId = await aCard(api.database, board)
    await someComments(cardId, 45)

    const comments = await everyPage(`/cards/${cardId}/comments`, 20)

    expect(comments.map(({ text }) => text)).toEqual(
      Array.from({ length: 45 }, (_, index) => `Comment ${45 - index}`),
    )
  })

  test('that was put away is found among its board’s archived or deleted ones', async () => {
    const old = new Date(Date.now() - 31 * 24 * 3_600_000)
    const archived = await aCard(api.database, board, { row: { archived_at: new Date() } })
    const deleted = await aCard(api.database, board, { row: { deleted_at: new Date() } })
    await aCard(api.database, board, { row: { deleted_at: old } })

    const inArchive = await get(`/boards/${board.boardId}/archived-cards`)
    const inBin = await get(`/boards/${board.boardId}/deleted-cards`)

    expect(inArchive.body.items.map(({ card }: Answer['body']) => card.id)).toEqual([archived])
    expect(inBin.body.items.map(({ card }: Answer['body']) => card.id)).toEqual([deleted])
  })

  test('tells of a move between boards once, with the workflow it ran in', async () => {
    const other = await aBoard(api.database, { within: board })
    const cardId = await aCard(api.database, board)
    const commandId = newId()
    const event = (boardId: string, seq: number, body: object) => ({
      board_id: boardId,
      seq,
      workspace_id: board.workspaceId,
      type: 'card.move',
      card_id: cardId,
      actor_id: board.ownerId,
      command_id: commandId,
      body,
      changes: { columnId: ['a', 'b'] },
    })
    await api
      .database('board_events')
      .insert([event(board.boardId, 1, { gone: true }), event(other.boardId, 1, { card: {} })])
    await api.database('outcomes').insert({
      actor_id: board.ownerId,
      command_id: commandId,
      workspace_id: board.workspaceId,
      type: 'card.move',
      body_hash: Buffer.alloc(32),
      outcome: {},
      summary: '',
      board_ids: [board.boardId],
      card_ids: [cardId],
      workflow_id: 'card-actions/w/1',
      run_id: 'r1',
    })

    const { body } = await get(`/cards/${cardId}/history`)

    expect(body.items).toEqual([
      {
        id: `${other.boardId}:1`,
        type: 'card.move',
        actorId: board.ownerId,
        at: expect.any(String),
        commandId,
        changes: { columnId: ['a', 'b'] },
        workflow: {
          id: 'card-actions/w/1',
          runId: 'r1',
          url: 'http://127.0.0.1:8233/namespaces/default/workflows/card-actions%2Fw%2F1/r1/history',
        },
      },
    ])
  })
})

async function someComments(cardId: string, count: number): Promise<void> {
  const start = Date.parse('2026-01-01')
  await api.database('comments').insert(
    Array.from({ length: count }, (_, index) => ({
      id: newId(),
      workspace_id: board.workspaceId,
      card_id: cardId,
      author_id: board.ownerId,
      body: `Comment ${index + 1}`,
      // Two at a time share their moment, as those of one batch do.
      created_at: new Date(start + Math.floor(index / 2) * 1_000 + (index % 2)),
    })),
  )
}

describe('a list', () => {
  test('gives twenty items by default and every item once, in order, whatever the page size', async () => {
    const names = Array.from(
      { length: 23 },
      (_, index) => `Board ${String(index).padStart(2, '0')}`,
    )
    for (const name of names) await aBoard(api.database, { name, within: board })
    const path = `/projects/${board.projectId}/boards`

    const first = await get(path)
    const all = await everyPage(path, 7)

    expect(first.body.items).toHaveLength(20)
    expect(all.map(({ name }) => name)).toEqual([...names, 'Team'])
  })

  test('refuses a cursor of another list and one that was tampered with', async () => {
    const tampered = ['["x","y"]', '["a"]', '[1,2]', '{}', 'null'].map((text) =>
      Buffer.from(text).toString('base64url'),
    )
    for (const cursor of [...tampered, 'AAAA', '_']) {
      const { body } = await get(`/projects/${board.projectId}/boards?cursor=${cursor}`)
      expect(body.error.code).toBe('request.invalid')
    }
  })

  test('shows what was put away only to who asks for it', async () => {
    const archived = await aProject(api.database, board, { name: 'Old', key: 'OLD' })
    await api.database('projects').where({ id: archived }).update({ archived_at: new Date() })
    const path = `/workspaces/${board.workspaceId}/projects`

    const atWork = await get(path)
    const putAway = await get(`${path}?archived=true`)

    expect(atWork.body.items.map(({ name }: Answer['body']) => name)).toEqual(['Checkout'])
    expect(putAway.body.items.map(({ name }: Answer['body']) => name)).toEqual(['Old'])
  })
})

describe('a stranger', () => {
  const READS = [
    ['/workspaces/:workspaceId/members', 'workspace'],
    ['/workspaces/:workspaceId/projects', 'workspace'],
    ['/projects/:projectId', 'project'],
    ['/projects/:projectId/boards', 'project'],
    ['/projects/:projectId/labels', 'project'],
    ['/boards/:boardId', 'board'],
    ['/boards/:boardId/archived-cards', 'board'],
    ['/boards/:boardId/deleted-cards', 'board'],
    ['/boards/:boardId/archived-columns', 'board'],
    ['/cards/:cardId', 'card'],
    ['/cards/:cardId/history', 'card'],
    ['/cards/:cardId/comments', 'card'],
    ['/cards/:cardId/text-versions', 'card'],
  ]

  test.each(READS)('is told that %s is not there, and a viewer reads it', async (path, kind) => {
    const cardId = await aCard(api.database, board)
    const { workspaceId, projectId, boardId } = board
    const ids: Record<string, string> = { workspaceId, projectId, boardId, cardId }
    const address = path!.replaceAll(/:(\w+)/g, (_, name: string) => ids[name]!)
    const stranger = await aWorkspace(api.database)
    const viewer = await aMember(api.database, board, 'viewer')

    const refused = await get(address, stranger.ownerId)
    const shown = await get(address, viewer)

    expect(refused.status).toBe(404)
    expect(refused.body.error.code).toBe(`${kind}.not_found`)
    expect(shown.status).toBe(200)
  })
})

test('a job that met a fault has failed, which is not the same as refused', async () => {
  const command = await aCommand(api.database, board.ownerId, 'board.archive', board.boardId, {})
  const refusal = new Refusal('internal', 'A fault on our side.')
  const execution = { workflowId: 'card-actions/test', runId: newId(), attempt: 1 }
  const tools = { database: api.database, recordAudit, log: makeLog('test', 'silent') }
  await storeRefusal(tools, command, refusal, execution)

  const { body } = await get(`/jobs/${command.id}`)

  expect(body).toMatchObject({ status: 'failed', error: { code: 'internal' } })
})

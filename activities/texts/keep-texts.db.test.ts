import type { Knex } from 'knex'
import { afterAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { boardView, cardDetails } from '#activities/kanban/queries.ts'
import { newId } from '#core/kernel/ids.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { makeLog } from '#core/platform/log.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { trace } from '#tests/support/traces.ts'
import { appendUpdates } from './append-updates.ts'
import { keepDueTexts } from './keep-texts.ts'
import { openText } from './open-text.ts'
import { Packer } from './packer.ts'
import { purgeVersions } from './purge-versions.ts'
import { applyStored, storedText } from './stored-text.ts'
import { versionOf, versionsOf } from './versions.ts'
import { changePlainText, plainText, TEXT_FIELD } from './text-lines.ts'

const { database, act, refusal, undo, undoRefusal } = useActions()
const packer = new Packer()
let board: SomeBoard
let cardId: string

beforeEach(async () => {
  board = await aBoard(database())
  cardId = await aCard(database(), board, { description: 'It fails.\nSince Monday.' })
})
afterAll(() => packer.close())

const asHouse = <Result>(work: (trx: Knex.Transaction) => Promise<Result>) =>
  writeAs(database('worker'), THE_HOUSE, work)
const keep = () =>
  keepDueTexts({ database: database('worker'), log: makeLog('test', 'silent') }, packer)
const text = async () => (await database()('crdt_docs').where({ card_id: cardId }))[0]
const rows = () => database()('crdt_updates').where({ card_id: cardId })

/** The document as whoever opens it next reads it. */
async function opened(): Promise<Y.Doc> {
  const doc = new Y.Doc()
  expect(applyStored(doc, (await asHouse((trx) => openText(trx, cardId)))!)).toBe(0)
  return doc
}

/** Changes the text as an editor would, and stores what that makes; some time ago. */
async function typed(change: (doc: Y.Doc) => void, userId = board.ownerId, seconds = 5) {
  const doc = await opened()
  const updates: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  change(doc)
  await stored(updates, userId)
  await waited(seconds)
}

const stored = (updates: readonly Uint8Array[], userId: string | null = board.ownerId) =>
  asHouse((trx) =>
    appendUpdates(
      trx,
      updates.map((bytes) => ({ cardId, bytes, userId })),
    ),
  )

/** As if nobody had written for so long. */
async function waited(seconds: number): Promise<void> {
  await database().raw(
    `update crdt_docs set changed_at = changed_at - interval '1 s' * ?,
       told_at = told_at - interval '1 s' * ?`,
    [seconds, seconds],
  )
}

const write = (line: string) => (doc: Y.Doc) => changePlainText(doc, `${plainText(doc)}\n${line}`)

const description = async () => (await cardDetails(database(), board.ownerId, cardId))!.description

test('much that was written is packed, and reads as before to the byte', async () => {
  await opened()
  await stored(trace('typing in bursts, a third deleted', 600))
  const before = await opened()
  await waited(5)
  await keep()
  expect(await rows()).toEqual([])
  expect(await text()).toMatchObject({ seq: 601, snapshot_seq: 601, tail_bytes: 0, settled: true })
  const after = await opened()
  expect(Y.encodeStateAsUpdateV2(after)).toEqual(Y.encodeStateAsUpdateV2(await packedAgain(before)))
  expect(plainText(after)).toBe(plainText(before))
})

async function packedAgain(doc: Y.Doc): Promise<Y.Doc> {
  const again = new Y.Doc()
  Y.applyUpdateV2(again, Y.encodeStateAsUpdateV2(doc))
  return again
}

test('a little that was written is packed once nobody has written for a minute', async () => {
  await typed(write('Once'))
  await keep()
  expect(await rows()).toHaveLength(2)
  await waited(60)
  await keep()
  expect(await rows()).toHaveLength(0)
  expect(plainText(await opened())).toContain('Once')
})

test('what is written while a text is packed stays, and of two who pack it one does', async () => {
  await typed(write('Before'), board.ownerId, 70)
  const read = await asHouse((trx) => storedText(trx, cardId))
  await Promise.all([keep(), keep(), typed(write('Meanwhile'), board.ownerId, 0)])
  expect(read!.updates).toHaveLength(2)
  expect(plainText(await opened())).toBe('It fails.\nSince Monday.\nBefore\nMeanwhile')
})

test('a text that has lost a change in the middle is said to lack it, and not read for ever', async () => {
  await typed(write('One'), board.ownerId, 0)
  await typed(write('Two'), board.ownerId, 0)
  const [first] = await rows().orderBy('seq')
  await rows().where({ seq: first!.seq }).delete()
  await expect(asHouse((trx) => storedText(trx, cardId))).rejects.toThrow('lacks changes')
})

test('a text that cannot be read is left as it is, and the others are kept', async () => {
  await opened()
  await stored([new Uint8Array([1, 2, 3])])
  const broken = cardId
  cardId = await aCard(database(), board)
  await typed(write('Fine'), board.ownerId, 70)
  await keep()
  expect(await rows()).toEqual([])
  expect(await database()('crdt_updates').where({ card_id: broken })).toHaveLength(2)
})

test('what people write is soon the description, with a version, on the board and in the history', async () => {
  const bob = await aMember(database(), board, 'member')
  await typed(write('On Firefox too.'), bob, 0)
  await keep()
  expect(await description()).toBe('It fails.\nSince Monday.')
  await waited(3)
  await keep()
  expect(await description()).toBe('It fails.\nSince Monday.\nOn Firefox too.')
  const events = await database()('board_events').where({ card_id: cardId })
  expect(events).toMatchObject([{ seq: 1, type: 'card.edited', actor_id: bob }])
  const view = (await boardView(database(), board.ownerId, board.boardId))!
  expect(view.cards[0]).toMatchObject({ version: 2 })
  expect(events[0].body.card).toEqual(view.cards[0])
  const follow = await database()('outbox').where({ workspace_id: board.workspaceId })
  expect(follow).toMatchObject([{ topic: 'search', payload: { cardId } }])
  expect(await text()).toMatchObject({ seq: 2, told_seq: 2 })
})

test('whoever is named in a text is told once for each mention, and not of their own', async () => {
  const [bob, eve] = [
    await aMember(database(), board, 'member'),
    await aMember(database(), board, 'member'),
  ]
  const name = (userId: string, key: string) => (doc: Y.Doc) => {
    const mention = new Y.XmlElement('mention')
    const attributes = { kind: 'person', key, id: userId, label: 'Somebody' }
    for (const [at, value] of Object.entries(attributes)) mention.setAttribute(at, value)
    const line = new Y.XmlElement('paragraph')
    line.insert(0, [new Y.XmlText('Ask '), mention])
    doc.getXmlFragment(TEXT_FIELD).push([line])
  }
  const told = async () => {
    const rows = await database()('outbox').where({ topic: 'notify' }).orderBy('created_at')
    return rows.map(({ payload }) => [payload.kind, payload.userIds, payload.actorId])
  }
  const [first, own] = [newId(), newId()]
  await typed(name(bob, first), eve)
  await keep()
  await typed(name(bob, first), eve)
  await typed(name(eve, own), eve)
  await typed(name('nobody', newId()), eve)
  await keep()
  expect(await told()).toEqual([['mentioned', [bob], eve]])
  await typed(name(bob, newId()), eve)
  await keep()
  expect(await told()).toHaveLength(2)
  expect(await description()).toContain('Ask @Somebody')
})

test('a text that is written in all the time is told every ten seconds', async () => {
  await typed(write('Busy'), board.ownerId, 0)
  await database()('crdt_docs').update({ told_at: new Date(Date.now() - 11_000) })
  await keep()
  expect(await description()).toContain('Busy')
})

test('an edit of the description is one more change of the text, and nobody’s typing is lost', async () => {
  await typed((doc) => {
    const heading = new Y.XmlElement('heading')
    heading.insert(0, [new Y.XmlText('Found')])
    doc.getXmlFragment(TEXT_FIELD).insert(0, [heading])
  })
  await keep()
  const editor = await opened()
  const { version } = (await cardDetails(database(), board.ownerId, cardId))!.card
  const changes = { description: 'Found\nIt fails often.\nSince Monday.' }
  await act(board.ownerId, 'card.edit', cardId, { baseVersion: version, changes })

  // Typed by somebody who had not heard of it.
  const before = Y.encodeStateVector(editor)
  const line = editor.getXmlFragment(TEXT_FIELD).get(2) as Y.XmlElement
  ;(line.get(0) as Y.XmlText).insert('Since Monday'.length, ' morning')
  await stored([Y.encodeStateAsUpdate(editor, before)])
  const both = await opened()
  expect(plainText(both)).toBe('Found\nIt fails often.\nSince Monday morning.')
  expect(both.getXmlFragment(TEXT_FIELD).toJSON()).toContain('<heading>Found</heading>')
})

test('who edits the description and has not read what was typed meanwhile is told of the conflict', async () => {
  const { version: baseVersion } = (await cardDetails(database(), board.ownerId, cardId))!.card
  await typed(write('Typed'))
  const edit = { baseVersion, changes: { description: 'Mine' } }
  const now = 'It fails.\nSince Monday.\nTyped'
  const told = { code: 'card.conflict', details: { fields: { description: now } } }
  expect(await refusal(board.ownerId, 'card.edit', cardId, edit)).toMatchObject(told)
  await keep()
  expect(await refusal(board.ownerId, 'card.edit', cardId, edit)).toMatchObject(told)
  await act(board.ownerId, 'card.edit', cardId, { baseVersion, changes: { title: 'Other' } })
  expect(await description()).toBe(now)
})

test('an edit of the description is taken back as long as nobody has typed since', async () => {
  await opened()
  const edit = async (words: string) => {
    const { version } = (await cardDetails(database(), board.ownerId, cardId))!.card
    const changes = { description: words }
    return await act(board.ownerId, 'card.edit', cardId, { baseVersion: version, changes })
  }
  const done = await edit('All new')
  expect(plainText(await opened())).toBe('All new')
  await undo(board.ownerId, done.commandId)
  expect(plainText(await opened())).toBe('It fails.\nSince Monday.')
  expect(await description()).toBe('It fails.\nSince Monday.')

  const again = await edit('All new')
  await typed(write('Typed'))
  expect(await undoRefusal(board.ownerId, again.commandId)).toMatchObject({
    code: 'undo.changed_since',
  })
  await keep()
  expect(await undoRefusal(board.ownerId, again.commandId)).toMatchObject({
    code: 'undo.changed_since',
  })
  expect(plainText(await opened())).toBe('All new\nTyped')
})

test('T16: who opens a text while its description is edited reads the edit, once', async () => {
  const { version } = (await cardDetails(database(), board.ownerId, cardId))!.card
  const changes = { description: 'Edited' }
  const [doc] = await Promise.all([
    opened(),
    act(board.ownerId, 'card.edit', cardId, { baseVersion: version, changes }),
  ])
  expect(['It fails.\nSince Monday.', 'Edited']).toContain(plainText(doc))
  expect(plainText(await opened())).toBe('Edited')
})

test('a text longer than a description is told as far as it goes, and not edited as one', async () => {
  const line = 'x'.repeat(30_000)
  await typed(write(line))
  await typed(write(line))
  await keep()
  expect(await description()).toHaveLength(50_000)
  const { version } = (await cardDetails(database(), board.ownerId, cardId))!.card
  const edit = { baseVersion: version, changes: { description: 'Short' } }
  expect(await refusal(board.ownerId, 'card.edit', cardId, edit)).toMatchObject({
    code: 'card.text_too_long',
  })
})

const versions = () => database()('crdt_history').where({ card_id: cardId }).orderBy('seq')

test('a text has a version for each hour it was worked on with who wrote, and of each day one for a month', async () => {
  const bob = await aMember(database(), board, 'member')
  const kept = async (line: string, userId: string) => {
    await typed(write(line), userId, 70)
    await keep()
  }
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)
  await kept('One', bob)
  await database()('crdt_history')
    .where({ card_id: cardId })
    .update({ created_at: hoursAgo(24) })
  await kept('Two', bob)
  await kept('Three', board.ownerId)
  expect((await versions()).map(({ seq }) => seq)).toEqual([2, 4])
  const page = await versionsOf(database(), cardId, { limit: 10 })
  expect(page.items.map(({ authorIds }) => new Set(authorIds))).toEqual([
    new Set([bob, board.ownerId]),
    new Set([bob]),
  ])
  const old = await asHouse((trx) => versionOf(trx, cardId, page.items[1]!.id))
  expect(old?.text).toBe('It fails.\nSince Monday.\nOne')
  expect(old?.now).toEqual({ seq: 4, text: 'It fails.\nSince Monday.\nOne\nTwo\nThree' })
  await database()('crdt_history')
    .where({ card_id: cardId, seq: 2 })
    .update({ expires_at: hoursAgo(1) })
  expect(await purgeVersions(database('worker'))).toBe(1)
  expect((await versions()).map(({ seq }) => seq)).toEqual([4])
})

test('a version that is named stays when others of its hour go, until its name is taken back', async () => {
  await typed(write('First'), board.ownerId)
  await waited(70)
  await keep()
  const [{ id: versionId }] = await versions()
  const named = await act(board.ownerId, 'text.name', cardId, { versionId, name: 'As agreed' })
  expect(named.events).toMatchObject([{ type: 'text.named' }])
  await typed(write('Second'), board.ownerId)
  await waited(70)
  await keep()
  const [kept, latest] = await versions()
  expect(kept).toMatchObject({ id: versionId, label: 'As agreed', expires_at: null })
  expect(latest).toMatchObject({ label: null })

  await undo(board.ownerId, named.commandId)
  expect((await versions())[0]).toMatchObject({ label: null, kept_for: 'time' })
  const nowhere = { versionId: newId(), name: 'Of nothing' }
  expect(await refusal(board.ownerId, 'text.name', cardId, nowhere)).toMatchObject({
    code: 'text.version_not_found',
  })
})

test('a text is brought back with its form, unless somebody has written since, and that can be undone', async () => {
  const bob = await aMember(database(), board, 'member')
  await typed((doc) => {
    const heading = new Y.XmlElement('heading')
    heading.setAttribute('level', 2 as never)
    heading.insert(0, [new Y.XmlText('Found')])
    doc.getXmlFragment(TEXT_FIELD).insert(0, [heading])
  }, board.ownerId)
  await waited(70)
  await keep()
  await database()('crdt_history').update({ created_at: new Date(Date.now() - 7_200_000) })
  await typed((doc) => doc.getXmlFragment(TEXT_FIELD).delete(0, 2), bob)
  const [{ id: versionId, seq: then }] = await versions()
  const restore = (baseSeq: number) => ({ versionId, baseSeq })
  expect(await refusal(board.ownerId, 'text.restore', cardId, restore(then))).toMatchObject({
    code: 'text.changed',
  })
  const { seq } = await text()
  const done = await act(board.ownerId, 'text.restore', cardId, restore(seq))
  expect((await opened()).getXmlFragment(TEXT_FIELD).toJSON()).toBe(
    '<heading level="2">Found</heading><paragraph>It fails.</paragraph><paragraph>Since Monday.</paragraph>',
  )
  expect(await description()).toBe('Found\nIt fails.\nSince Monday.')
  expect(done.events).toMatchObject([{ type: 'text.restored' }])
  expect((await versions()).at(-1)).toMatchObject({ kept_for: 'restore', author_ids: [bob] })
  await waited(70)
  await keep()
  await undo(board.ownerId, done.commandId)
  expect(plainText(await opened())).toBe('Since Monday.')

  const again = await act(board.ownerId, 'text.restore', cardId, restore((await text()).seq))
  await typed(write('Typed'), bob)
  expect(await undoRefusal(board.ownerId, again.commandId)).toMatchObject({
    code: 'undo.changed_since',
  })
  const unknown = { versionId: newId(), baseSeq: (await text()).seq }
  expect(await refusal(board.ownerId, 'text.restore', cardId, unknown)).toMatchObject({
    code: 'text.version_not_found',
  })
})

import { randomBytes } from 'node:crypto'
import { beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { plainText, TEXT_FIELD } from '#activities/texts/text-lines.ts'
import { newId } from '#core/kernel/ids.ts'
import { TEXT_BYTES_MAX, TEXT_DEPTH_MAX } from '#core/kernel/limits.ts'
import {
  aBoard,
  aCard,
  aMember,
  aMemberWith,
  aUser,
  manyCards,
  type SomeBoard,
} from '#tests/support/fixtures.ts'
import { useCollab } from '#tests/support/use-collab.ts'
import { waiting } from '#tests/support/waiting.ts'

const { database, write, anotherNode, tokenOf } = useCollab()
let board: SomeBoard
let cardId: string

beforeEach(async () => {
  board = await aBoard(database())
  cardId = await aCard(database(), board, { description: 'It fails.\nSince Monday.' })
})

const soon = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 5_000, interval: 10 })
const stored = () => database()('crdt_updates').where({ card_id: cardId }).orderBy('seq')

test('a text begins with the description of its card, and two see what each writes', async () => {
  const other = await aMember(database(), board, 'member')
  const [ann, bob] = [await write(board.ownerId, cardId), await write(other, cardId)]
  await soon(() => expect(bob.text()).toBe('It fails.\nSince Monday.'))
  await ann.saved()
  ann.write('On Firefox too.')
  await soon(() => expect(bob.text()).toBe('It fails.\nSince Monday.\nOn Firefox too.'))
  bob.write('Not here.')
  await soon(() => expect(ann.text()).toContain('Not here.'))
  await Promise.all([ann.saved(), bob.saved()])
  const rows = await stored()
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(rows.map(({ user_id }) => user_id)).toEqual([null, board.ownerId, other])
})

test('two processes that open a text first at once begin it once', async () => {
  const second = await anotherNode()
  const [ann, bob] = await Promise.all([
    write(board.ownerId, cardId),
    write(board.ownerId, cardId, { node: second }),
  ])
  await soon(() => expect([ann.provider.isSynced, bob.provider.isSynced]).toEqual([true, true]))
  expect([ann.text(), bob.text()]).toEqual(['It fails.\nSince Monday.', 'It fails.\nSince Monday.'])
  expect(await stored()).toHaveLength(1)
  await second.stop()
})

test('T1: nothing is acknowledged or shown to others before it is in Postgres', async () => {
  const [ann, bob] = [await write(board.ownerId, cardId), await write(board.ownerId, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  const hold = await database().transaction()
  await hold.raw('lock table crdt_updates')
  ann.write('Mine')
  await vi.waitFor(async () => expect(await waiting(database())).toBe(1), { timeout: 2_000 })
  expect(ann.provider.hasUnsyncedChanges).toBe(true)
  expect(bob.text()).not.toContain('Mine')
  await hold.rollback()
  await ann.saved()
  await soon(() => expect(bob.text()).toContain('Mine'))
  expect(await stored()).toHaveLength(2)
})

test('T2: who opens a text while its last change is on its way reads that change', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  const hold = await database().transaction()
  await hold.raw('lock table crdt_updates in share mode')
  ann.write('The last word')
  await vi.waitFor(async () => expect(await waiting(database())).toBe(1), { timeout: 2_000 })
  ann.leave()
  const bob = await write(board.ownerId, cardId)
  await hold.rollback()
  await soon(() => expect(bob.text()).toContain('The last word'))
})

test('T3: what could not be stored is said again over a new socket, and nothing is lost', async () => {
  const [ann, bob] = [await write(board.ownerId, cardId), await write(board.ownerId, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  await database().raw('alter table crdt_updates add constraint broken check (seq < 2) not valid')
  ann.write('Kept by the browser')
  await soon(() => expect(ann.closed).toContain(1012))
  expect(bob.text()).not.toContain('Kept')
  await database().raw('alter table crdt_updates drop constraint broken')
  await ann.saved()
  await soon(() => expect(bob.text()).toContain('Kept by the browser'))
})

test('what came behind a change that could not be stored is not stored without it', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  const hold = await database().transaction()
  await hold.raw('lock table crdt_updates in share mode')
  ann.write('First')
  await soon(async () => expect(await waiting(database())).toBe(1))
  ann.write('Second')
  await database().raw(
    `select pg_cancel_backend(pid) from pg_stat_activity
     where wait_event_type = 'Lock' and datname = current_database()`,
  )
  await hold.rollback()
  await soon(() => expect(ann.closed).toContain(1012))
  await ann.saved()
  const doc = new Y.Doc()
  for (const { bytes } of await stored()) {
    Y.applyUpdate(doc, bytes)
    expect(doc.store.pendingStructs).toBeNull()
  }
  expect(plainText(doc)).toBe('It fails.\nSince Monday.\nFirst\nSecond')
})

test('a change that builds on what never came is not stored until that comes', async () => {
  const [ann, doc] = [await write(board.ownerId, cardId), new Y.Doc()]
  await ann.saved()
  const [first, second] = ['a', 'b'].map((letter) => {
    const before = Y.encodeStateVector(doc)
    doc.getText('notes').insert(0, letter)
    return Y.encodeStateAsUpdate(doc, before)
  })
  const name = `card:${cardId}`
  const head = [name.length, ...Buffer.from(name), 0, 2, second!.length]
  ann.socket().send(Buffer.from([...head, ...second!]))
  await soon(() => expect(ann.messages).toEqual([{ kind: 'rights', mayWrite: true }]))
  expect(await stored()).toHaveLength(1)
  Y.applyUpdate(ann.doc, first!)
  Y.applyUpdate(ann.doc, second!)
  await ann.saved()
  const bob = await write(board.ownerId, cardId)
  await soon(() => expect(bob.doc.getText('notes').toJSON()).toBe('ba'))
})

test('T4: whatever is said to a text, the process goes on', async () => {
  const [ann, bob] = [await write(board.ownerId, cardId), await write(board.ownerId, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  for (const nonsense of ['', '{', '{"kind":"resume","epoch":1,"offset":0}']) {
    bob.provider.sendStateless(nonsense)
  }
  const name = `card:${cardId}`
  const head = [name.length, ...Buffer.from(name)]
  const frames = [
    [...head, 0, 2, 4, 1, 255, 255, 255],
    [...head, 0, 2, 3, 9, 9, 9],
    [...head, 0, 1, 200],
    [...head, 0, 7, 1, 1],
    [...head, 1, 5, 1, 1, 1, 1, 255],
    [...head, 99],
    [...head],
  ]
  for (const frame of frames) {
    await soon(() => expect(bob.provider.isSynced).toBe(true))
    bob.socket().send(Buffer.from(frame))
    bob.provider.forceSync()
  }
  ann.write('Still here')
  await ann.saved()
  expect((await stored()).length).toBe(2)
})

test('T6: somebody else’s token on a connection that is open gives no rights, and ends it', async () => {
  const viewer = await aMember(database(), board, 'viewer')
  const bob = await write(viewer, cardId)
  await bob.saved()
  const [own, tokens] = [await tokenOf(viewer), [await tokenOf(board.ownerId)]]
  bob.provider.configuration.token = () => tokens.shift() ?? own
  await bob.provider.sendToken()
  bob.write('As the owner')
  await soon(() => expect(bob.closed).toContain(4401))
  await write(board.ownerId, cardId).then((ann) => ann.saved())
  expect(await stored()).toHaveLength(1)
})

test('T11: who has many texts open is not taken for somebody who guesses', async () => {
  const cardIds = await manyCards(database(), board, 40)
  const writers = await Promise.all(cardIds.map((id) => write(board.ownerId, id)))
  await Promise.all(writers.map((writer) => writer.saved()))
  expect(writers.flatMap(({ denied, closed }) => [...denied, ...closed])).toEqual([])
})

test('T12: a text that cannot be opened now is opened when Postgres answers again', async () => {
  await database().raw('revoke select on crdt_docs from pf_collab')
  const ann = await write(board.ownerId, cardId)
  await soon(() => expect(ann.closed).toContain(1013))
  await database().raw('grant select on crdt_docs to pf_collab')
  const bob = await write(board.ownerId, cardId)
  await soon(() =>
    expect([ann.text(), bob.text()]).toEqual([bob.text(), 'It fails.\nSince Monday.']),
  )
})

test('T13: a text of ten thousand stored changes opens within a second', async () => {
  const doc = new Y.Doc()
  const rows: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => rows.push(bytes))
  const text = doc.getText('x')
  for (let count = 0; count < 10_000; count += 1) text.insert(count % 97, 'ab')
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await database()('crdt_docs').insert({ ...home, begun: true, seq: rows.length })
  const all = rows.map((bytes, index) => ({ ...home, seq: index + 1, bytes: Buffer.from(bytes) }))
  await database().batchInsert<Record<string, unknown>>('crdt_updates', all, 5_000)
  const beganMs = performance.now()
  const ann = await write(board.ownerId, cardId)
  await soon(() => expect(ann.provider.isSynced).toBe(true))
  expect(ann.doc.getText('x').length).toBe(20_000)
  expect(performance.now() - beganMs).toBeLessThan(2_000)
})

test('T17: what a browser has from before is not stored again when it comes back', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  ann.write('Once')
  await ann.saved()
  ann.leave()
  const before = await stored()
  const back = await write(board.ownerId, cardId, { doc: ann.doc })
  await back.saved()
  expect(await stored()).toHaveLength(before.length)
})

test('what was written while away is stored when its browser is back, and no more than that', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  ann.leave()
  ann.write('On the train')
  const back = await write(board.ownerId, cardId, { doc: ann.doc })
  await back.saved()
  const bob = await write(board.ownerId, cardId)
  await soon(() => expect(bob.text()).toBe('It fails.\nSince Monday.\nOn the train'))
  const last = (await stored()).at(-1)
  expect(last.bytes.length).toBeLessThan(100)
})

test.each([
  ['viewer', () => aMember(database(), board, 'viewer')],
  ['guest who has nothing to do with it', () => aMemberWith(database(), board, ['card.write.own'])],
])('a %s reads a text and cannot write in it', async (_, join) => {
  const [ann, eve] = [await write(board.ownerId, cardId), await write(await join(), cardId)]
  await soon(() => expect(eve.text()).toContain('Since Monday.'))
  eve.write('Mine')
  await soon(() => expect(eve.provider.hasUnsyncedChanges).toBe(true))
  ann.write('Ours')
  await ann.saved()
  await soon(() => expect(eve.text()).toContain('Ours'))
  expect(ann.text()).not.toContain('Mine')
  expect(await stored()).toHaveLength(2)
})

test('who is on a card and may work on such cards only writes in its text', async () => {
  const guest = await aMemberWith(database(), board, ['card.write.own'])
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await database()('card_assignees').insert({ ...home, user_id: guest })
  const writer = await write(guest, cardId)
  await soon(() => expect(writer.provider.isSynced).toBe(true))
  writer.write('Mine')
  await writer.saved()
  expect(await stored()).toHaveLength(2)
})

test('nobody writes in the text of a card that is put away', async () => {
  await database()('cards').where({ id: cardId }).update({ archived_at: new Date() })
  const ann = await write(board.ownerId, cardId)
  await soon(() => expect(ann.text()).toContain('It fails.'))
  ann.write('Too late')
  await soon(() => expect(ann.provider.hasUnsyncedChanges).toBe(true))
  expect(await stored()).toHaveLength(1)
})

test('strangers, other workspaces and odd names open no text', async () => {
  const elsewhere = await aBoard(database())
  const names = [`card:${newId()}`, 'card:', `card:${cardId}x`, `board:${cardId}`, `doc:${cardId}`]
  const asked = [
    await write(await aUser(database()), cardId),
    await write(elsewhere.ownerId, cardId),
    ...(await Promise.all(names.map((name) => write(board.ownerId, cardId, { name })))),
  ]
  for (const each of asked) await soon(() => expect(each.denied).toEqual(['not-found']))
  expect(asked.map((each) => each.text()).join('')).toBe('')
  expect(await database()('crdt_docs').where({ workspace_id: board.workspaceId })).toEqual([])
})

test('who loses the right to write stays, is told within five seconds, and writes no more', async () => {
  const other = await aMember(database(), board, 'member')
  const bob = await write(other, cardId)
  await bob.saved()
  const role = (name: string) =>
    database()('workspace_members').where({ user_id: other }).update({ role: name })
  await role('viewer')
  await soon(() => expect(bob.messages).toEqual([{ kind: 'rights', mayWrite: false }]))
  bob.write('Mine')
  await soon(() => expect(bob.provider.hasUnsyncedChanges).toBe(true))
  expect(await stored()).toHaveLength(1)
  expect(bob.closed).toEqual([])

  await role('member')
  await soon(() => expect(bob.messages.at(-1)).toEqual({ kind: 'rights', mayWrite: true }))
  await soon(async () => expect(await stored()).toHaveLength(2))
})

test('who may not look any more is sent away within five seconds, and so is an ended session', async () => {
  const other = await aMember(database(), board, 'member')
  const [bob, sessionId] = [await write(other, cardId), newId()]
  const ann = await write(board.ownerId, cardId)
  ann.provider.configuration.token = await tokenOf(board.ownerId, 60, sessionId)
  ann.socket()?.close()
  await Promise.all([bob.saved(), ann.saved()])
  await database()('workspace_members').where({ user_id: other }).delete()
  await database()('sessions').insert({
    id: newId(),
    user_id: board.ownerId,
    family_id: sessionId,
    token_hash: randomBytes(32),
    user_agent: '',
    ip: '127.0.0.1',
    expires_at: new Date(Date.now() + 60_000),
    revoked_at: new Date(),
  })
  await soon(() => expect(bob.denied).toContain('not-found'))
  await soon(() => expect(ann.denied).toContain('token'))
  expect([bob.closed, ann.closed].map((codes) => codes.includes(4401))).toEqual([true, true])
})

test('a text is full at ten megabytes: who writes more is told so, and others go on', async () => {
  const [ann, bob] = [await write(board.ownerId, cardId), await write(board.ownerId, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  const chunk = randomBytes(450_000).toString('base64')
  for (let bytes = 0; bytes < TEXT_BYTES_MAX - 2 * chunk.length; bytes += chunk.length) {
    ann.write(chunk)
    await ann.saved()
  }
  bob.write(chunk)
  await bob.saved()
  ann.write(chunk + chunk.slice(0, 300_000))
  await soon(() => expect(ann.messages).toEqual([{ kind: 'refused', code: 'text.too_large' }]))
  expect(ann.provider.hasUnsyncedChanges).toBe(true)
  bob.write('A little more')
  await bob.saved()
  await soon(() => expect(ann.text()).toContain('A little more'))
})

test('things stand in each other two hundred deep at most, however they come', async () => {
  const [ann, bob] = [await write(board.ownerId, cardId), await write(board.ownerId, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  let innermost: Y.XmlFragment = ann.doc.getXmlFragment(TEXT_FIELD)
  for (let level = 0; level <= TEXT_DEPTH_MAX; level += 1) {
    const list = new Y.XmlElement('bulletList')
    innermost.insert(0, [list])
    innermost = list
  }
  await soon(() => expect(ann.messages).toEqual([{ kind: 'refused', code: 'text.too_large' }]))
  bob.write('Still readable')
  await bob.saved()
  const again = await write(board.ownerId, cardId)
  await soon(() => expect(again.text()).toContain('Still readable'))
})

test('what was written while away may be ten megabytes, and one change while here one', async () => {
  const doc = new Y.Doc()
  const away = await write(board.ownerId, cardId, { doc })
  await away.saved()
  away.write(randomBytes(3_000_000).toString('base64'))
  await soon(() => expect(away.closed).toContain(1009))
  await away.saved()
  const bob = await write(board.ownerId, cardId)
  await soon(() => expect(bob.text().length).toBeGreaterThan(4_000_000))
})

test('the words of a text go with its card', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  ann.leave()
  await database()('cards').where({ id: cardId }).delete()
  expect(await stored()).toEqual([])
  const late = await write(board.ownerId, cardId, { doc: ann.doc })
  await soon(() => expect(late.denied).toEqual(['not-found']))
})

test('who has a text of a card that is gone for good open is sent away when they write', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  await database()('cards').where({ id: cardId }).delete()
  ann.write('To whom?')
  await soon(() => expect(ann.denied).toEqual(['not-found']))
})

test('people see where others write, and nobody poses as somebody else', async () => {
  const other = await aMember(database(), board, 'member', { name: 'Bob' })
  const [ann, bob] = [await write(board.ownerId, cardId), await write(other, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  const cursor = {
    anchor: { type: null, tname: 'default' },
    head: { type: null, tname: 'default' },
  }
  bob.provider.setAwarenessField('user', { id: board.ownerId, name: 'Olive', hue: 1 })
  bob.provider.setAwarenessField('cursor', cursor)
  const user = { id: other, name: 'Bob', hue: 200 }
  await soon(() => {
    expect([...ann.provider.awareness!.getStates().values()]).toContainEqual({ user, cursor })
  })
})

test('who types faster than Postgres commits waits for one commit, not for one each', async () => {
  const ann = await write(board.ownerId, cardId)
  await ann.saved()
  const hold = await database().transaction()
  await hold.raw('lock table crdt_updates')
  for (let count = 0; count < 30; count += 1) ann.write(`Line ${count}`)
  await vi.waitFor(async () => expect(await waiting(database())).toBe(1), { timeout: 2_000 })
  await hold.rollback()
  await ann.saved()
  const rows = await stored()
  expect(rows).toHaveLength(31)
  expect(new Set(rows.map((row) => row.created_at.toISOString())).size).toBeLessThan(5)
})

test('two who nest things in each other at once do not get deeper together than one may', async () => {
  const [ann, bob] = [await write(board.ownerId, cardId), await write(board.ownerId, cardId)]
  await Promise.all([ann.saved(), bob.saved()])
  const [hers, his] = [new Y.Doc(), new Y.Doc()]
  /** Maps in each other, of a client each, from the one that is at the root. */
  const nest = (doc: Y.Doc, firstClient: number) => {
    let at = doc.getMap<Y.Map<unknown>>('deep') as Y.Map<unknown>
    for (let client = firstClient; client < firstClient + 150; client += 1) {
      doc.clientID = client
      at = at.set('a', new Y.Map())
    }
    return at
  }
  const inner = nest(hers, 1_000)
  hers.clientID = 2_000
  inner.set('a', new Y.Map())
  nest(his, 2_000)
  const hold = await database().transaction()
  await hold.raw('lock table crdt_updates in share mode')
  Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(hers))
  await soon(async () => expect(await waiting(database())).toBe(1))
  Y.applyUpdate(bob.doc, Y.encodeStateAsUpdate(his))
  await soon(() => expect(bob.messages).toEqual([{ kind: 'refused', code: 'text.too_large' }]))
  await hold.rollback()
  await ann.saved()
})

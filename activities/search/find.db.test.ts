import type { Knex } from 'knex'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { openDatabase } from '#core/platform/database.ts'
import { freshDatabase } from '#tests/support/database.ts'
import {
  aBoard,
  aCard,
  aProject,
  aWorkspace,
  manyCards,
  type SomeBoard,
} from '#tests/support/fixtures.ts'
import { findCards } from './find.ts'

const FIRST = { limit: 20 }

let database: Knex
/** As the API looks: the search goes past the policies, so it must see to what they would. */
let looking: Knex
let board: SomeBoard

beforeAll(async () => {
  const { url, urlOf, drop } = await freshDatabase()
  const settings = { name: 'test', connectionsMax: 4, statementLimitMs: 3_000 }
  database = openDatabase({ ...settings, url })
  looking = openDatabase({ ...settings, url: urlOf('api') })
  return async () => {
    await Promise.all([database.destroy(), looking.destroy()])
    await drop()
  }
})

beforeEach(async () => {
  board = await aBoard(database)
})

/** A card with its texts where search looks for them. */
async function aFindable(title: string, description = '', comment = ''): Promise<string> {
  const cardId = await aCard(database, board, { title, description })
  const inCard = { workspace_id: board.workspaceId, card_id: cardId }
  const entries = [
    { ...inCard, source_id: cardId, source: 'title', body: title },
    { ...inCard, source_id: cardId, source: 'description', body: description },
    { ...inCard, source_id: newId(), source: 'comment', body: comment },
  ]
  await database('search_entries').insert(entries.filter(({ body }) => body !== ''))
  return cardId
}

async function fill(of: SomeBoard, count: number): Promise<void> {
  const ids = await manyCards(database, of, count)
  const home = { workspace_id: of.workspaceId, source: 'title', body: 'The invoice' }
  const entries = ids.map((id) => ({ ...home, card_id: id, source_id: id }))
  await database.batchInsert('search_entries', entries)
}

const find = async (q: string, more = {}, userId = board.ownerId) =>
  await readAs(looking, { userId }, (trx) => findCards(trx, { ...FIRST, q, ...more }))
const titles = async (q: string) => (await find(q)).items.map(({ title }) => title)

describe('search', () => {
  test('finds titles before descriptions before comments, each card once', async () => {
    await aFindable('In a comment', '', 'We pay by invoice')
    await aFindable('In a description', 'Send the invoice')
    await aFindable('Invoice layout', 'The invoice', 'Which invoice?')

    const { items } = await find('invoice')

    expect(items.map(({ title, foundIn }) => [title, foundIn])).toEqual([
      ['Invoice layout', 'title'],
      ['In a description', 'description'],
      ['In a comment', 'comment'],
    ])
    expect(items[1]).toMatchObject({
      excerpt: 'Send the \u0002invoice\u0003',
      boardName: 'Team',
      projectKey: 'CHK',
    })
  })

  test('finds beginnings of words, and only cards that hold all of them', async () => {
    await aFindable('Checkout is slow')
    await aFindable('Checkout is done')
    expect(await titles('check slo')).toEqual(['Checkout is slow'])
  })

  test.each([
    ['lgoin', 'swapped'],
    ['logn', 'missing'],
    ['loginn', 'doubled'],
    ['checkuot', 'swapped late'],
    ['safary', 'wrong'],
  ])('forgives a slip: %s (%s)', async (q) => {
    await aFindable('Login of the checkout fails on Safari')
    await aFindable('Something else altogether')
    expect(await titles(q)).toEqual(['Login of the checkout fails on Safari'])
  })

  test('what matches leaves no room for what only looks alike', async () => {
    await aFindable('The login page')
    await aFindable('The logic board')
    expect(await titles('login')).toEqual(['The login page'])
  })

  test('finds nothing where there are no words, whatever the signs', async () => {
    await aFindable('Fix login')
    for (const q of ["'", '& |', ':*', '%', '\\', '--']) expect(await titles(q)).toEqual([])
    for (const q of ["fix'", 'fix & !login', 'fix:*', 'fix <-> login']) {
      expect(await titles(q)).toEqual(['Fix login'])
    }
  })

  test('leaves out cards that were put away, and those of columns and boards that were', async () => {
    const archived = await aFindable('Old invoice')
    await database('cards').where({ id: archived }).update({ archived_at: new Date() })
    expect(await titles('invoice')).toEqual([])

    await aFindable('Open invoice')
    const column = { id: board.columns['To do'] }
    await database('columns').where(column).update({ archived_at: new Date() })
    expect(await titles('invoice')).toEqual([])
    await database('columns').where(column).update({ archived_at: null })

    await database('boards').where({ id: board.boardId }).update({ archived_at: new Date() })
    expect(await titles('invoice')).toEqual([])
  })

  test('shows nobody the cards of other people’s workspaces', async () => {
    await aFindable('Secret invoice')
    const { ownerId } = await aWorkspace(database)
    expect((await find('secret', {}, ownerId)).items).toEqual([])
  })

  test('stays within one workspace when asked to', async () => {
    await aFindable('Fix login')
    const { workspaceId } = await aWorkspace(database)
    expect((await find('login', { workspaceId })).items).toEqual([])
    expect((await find('login', { workspaceId: board.workspaceId })).items).toHaveLength(1)
  })

  test('gives its hits page by page, each one once', async () => {
    for (let count = 0; count < 12; count += 1) await aFindable(`Invoice ${count}`)
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await find('invoice', { limit: 5, ...(cursor && { cursor }) })
      seen.push(...page.items.map(({ title }) => title))
      cursor = page.nextCursor
    }
    expect(new Set(seen).size).toBe(12)
    expect(seen).toHaveLength(12)
  })

  test('a word of thousands of cards is found within the second a search has', async () => {
    // Of three projects: of one alone Postgres guesses right.
    for (const key of ['ONE', 'TWO']) {
      const projectId = await aProject(database, board, { key })
      const { workspaceId, ownerId } = board
      await fill(await aBoard(database, { within: { workspaceId, ownerId, projectId } }), 100)
    }
    await fill(board, 4_000)
    // As autovacuum does, to which projects are too few.
    await database.raw('analyze cards, search_entries')
    expect((await find('the')).items).toHaveLength(FIRST.limit)
  })
})

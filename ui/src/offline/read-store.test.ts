import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { databaseOf } from '../kanban/text/forget-texts.ts'
import { keep } from '../shell/kept.ts'
import {
  clearReads,
  clearReadsOfOthers,
  deleteBoardsOf,
  deleteRead,
  getRead,
  putRead,
} from './read-store.ts'

let clock = 0
async function seen(userId: string, path: string, home = ''): Promise<void> {
  clock += 1
  const kind = path.split('/')[1]!
  await putRead({ userId, path, kind, home, seenAt: clock, value: path })
}
const isKept = async (userId: string, path: string) => (await getRead(userId, path)) !== undefined

/** What is kept of a text, as opening it makes it. */
async function opened(userId: string, cardId: string): Promise<void> {
  const asked = indexedDB.open(databaseOf(userId, cardId))
  await new Promise((resolve) => (asked.onsuccess = resolve))
  asked.result.close()
}
const texts = async () =>
  (await indexedDB.databases()).flatMap(({ name }) => (name?.includes('.text.') ? [name] : []))

beforeEach(async () => {
  for (const user of ['ann', 'bob']) await clearReads(user)
})

test('of boards the ten that were seen last are kept, and nothing else for them', async () => {
  await seen('ann', '/me')
  for (let number = 0; number < 11; number += 1) await seen('ann', `/boards/${number}`)
  await seen('bob', '/boards/0')
  expect(await isKept('ann', '/boards/0')).toBe(false)
  expect(await isKept('ann', '/boards/1')).toBe(true)
  expect(await isKept('ann', '/me')).toBe(true)
  expect(await isKept('bob', '/boards/0')).toBe(true)
})

test('with a board its cards go, and with a project its boards', async () => {
  await seen('ann', '/boards/a', 'w/p')
  await seen('ann', '/boards/b', 'w/q')
  await seen('ann', '/boards/c', 'v/r')
  for (const board of ['a', 'b', 'c']) await seen('ann', `/cards/of-${board}`, board)
  await deleteRead('ann', '/boards/a')
  await deleteBoardsOf('ann', (home) => home === 'w/q')
  for (const board of ['a', 'b']) {
    expect(await isKept('ann', `/boards/${board}`)).toBe(false)
    expect(await isKept('ann', `/cards/of-${board}`)).toBe(false)
  }
  expect(await isKept('ann', '/boards/c')).toBe(true)
  expect(await isKept('ann', '/cards/of-c')).toBe(true)
})

test('with a card what is kept of its text goes, and with somebody what they read; not what is unsent', async () => {
  const cards = ['shut', 'unsent', 'here']
  for (const card of cards) await opened('ann', card)
  await opened('bob', 'theirs')
  keep('unsentText.ann.unsent', '1')
  await seen('ann', '/boards/a', 'w/p')
  for (const card of ['shut', 'unsent']) await seen('ann', `/cards/${card}`, 'a')
  await seen('ann', '/cards/here', 'b')
  await deleteBoardsOf('ann', (home) => home === 'w/p')
  await clearReadsOfOthers('ann')
  const left = ['here', 'unsent'].map((card) => databaseOf('ann', card))
  await vi.waitFor(async () => expect((await texts()).toSorted()).toEqual(left))
})

test('nothing of anybody else stays once somebody is signed in', async () => {
  for (const user of ['ann', 'bob', 'cem']) await seen(user, '/me')
  await clearReadsOfOthers('bob')
  expect(await isKept('ann', '/me')).toBe(false)
  expect(await isKept('bob', '/me')).toBe(true)
  expect(await isKept('cem', '/me')).toBe(false)
})

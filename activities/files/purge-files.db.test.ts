import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { purgeDeletedCards } from '#activities/kanban/purge-deleted-cards.ts'
import { newId } from '#core/kernel/ids.ts'
import { aFile } from '#tests/support/files/a-file.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { isKept } from '#tests/support/files/kept-bytes.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { purgeFiles } from './purge-files.ts'
import { openStore } from './stores/open-store.ts'
import type { FileStore } from './stores/store.ts'
import { sweepIncoming } from './sweep-incoming.ts'

const database = useDatabase()
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000)

let store: FileStore
let board: SomeBoard

beforeAll(async () => {
  const folder = await ownFolder()
  store = openStore({ FILES_URL: folder.url })
  board = await aBoard(database())
  return folder.remove
})

async function aKeptFile(hours: number, row: object = {}): Promise<string> {
  const id = await aFile(database(), board, { created_at: hoursAgo(hours), ...row })
  const path = join(store.incoming, id)
  await writeFile(path, 'text')
  await store.put(id, path, { mediaType: 'text/plain', bytes: 4 })
  return id
}

async function attach(id: string, cardId: string): Promise<void> {
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await database()('attachments').insert({ id, ...home, added_by: board.ownerId })
}

test('a file that was never attached is gone after a day, with its bytes', async () => {
  const cardId = await aCard(database(), board)
  const [old, fresh, attached] = [await aKeptFile(25), await aKeptFile(23), await aKeptFile(25)]
  const refused = await aKeptFile(25, { state: 'refused' })
  await attach(attached, cardId)

  expect(await purgeFiles(database('worker'), store)).toBe(2)
  const kept = await Promise.all([old, refused, fresh, attached].map((id) => isKept(store, id)))
  expect(kept).toEqual([false, false, true, true])
  expect(new Set(await database()('files').pluck('id'))).toEqual(new Set([fresh, attached]))
})

test('the files of a card that is gone for good go with it', async () => {
  const cardId = await aCard(database(), board, { row: { deleted_at: hoursAgo(31 * 24) } })
  const id = await aKeptFile(32 * 24)
  await attach(id, cardId)
  expect(await purgeFiles(database('worker'), store)).toBe(0)
  await purgeDeletedCards(database('worker'))
  expect(await purgeFiles(database('worker'), store)).toBe(1)
  expect(await isKept(store, id)).toBe(false)
})

test('a file whose bytes cannot be removed is tried again', async () => {
  const id = await aKeptFile(25)
  const away = { ...store, remove: () => Promise.reject(new Error('away')) }
  await expect(purgeFiles(database('worker'), away)).rejects.toThrow('away')
  expect(await purgeFiles(database('worker'), store)).toBe(1)
  expect(await isKept(store, id)).toBe(false)
})

test('ASVS line 41: what a process that died left half received is swept up', async () => {
  const [dead, live] = [newId(), newId()]
  for (const id of [dead, live]) await writeFile(join(store.incoming, id), 'half')
  await utimes(join(store.incoming, dead), hoursAgo(2), hoursAgo(2))
  expect(await sweepIncoming(store)).toBe(1)
  expect(await readdir(store.incoming)).toEqual([live])
})

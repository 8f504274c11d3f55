import { readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { PNG } from '#tests/support/files/samples.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { openStore } from './open-store.ts'
import type { FileStore } from './store.ts'

// What every store promises.
const STORES = ['disk'] as const
const KEPT = { mediaType: 'image/png', bytes: PNG.length }

const stores: Partial<Record<(typeof STORES)[number], FileStore>> = {}
let folder: Awaited<ReturnType<typeof ownFolder>>

beforeAll(async () => {
  folder = await ownFolder()
  stores.disk = openStore(folder.url)
  return async () => {
    for (const store of Object.values(stores)) store.close()
    await folder.remove()
  }
})

async function put(store: FileStore, id: string): Promise<void> {
  const path = join(store.incoming, id)
  await writeFile(path, PNG)
  await store.put(id, path, KEPT)
}

describe.each(STORES)('%s', (name) => {
  test('gives bytes back as they were put, also when they were put twice', async () => {
    const store = stores[name]!
    const id = newId()
    for (let time = 0; time < 2; time += 1) await put(store, id)
    expect(await buffer(await store.read(id))).toEqual(PNG)
  })

  test('has nothing under another id, or under one that was removed', async () => {
    const store = stores[name]!
    const id = newId()
    await put(store, id)
    await store.remove(id)
    await store.remove(id)
    for (const each of [id, newId()]) {
      await expect(store.read(each)).rejects.toThrow(/ENOENT|NoSuchKey/)
    }
  })
})

test('ASVS line 41: what is kept on disk has a name of ours, and is for nobody else to read', async () => {
  const id = newId()
  await put(stores.disk!, id)
  const names = await readdir(join(folder.path, 'kept'), { recursive: true })
  expect(names).toContain(join(id.slice(-2), id))
  expect((await stat(join(folder.path, 'kept'))).mode & 0o077).toBe(0)
})

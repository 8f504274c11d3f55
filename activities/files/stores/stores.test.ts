import { readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { anS3, S3_KEYS } from '#tests/support/audit/an-s3.ts'
import { keptBytes } from '#tests/support/files/kept-bytes.ts'
import { PNG } from '#tests/support/files/samples.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { openStore } from './open-store.ts'
import type { FileStore } from './store.ts'

// What every store promises.
const STORES = ['disk', 's3'] as const
const KEPT = { mediaType: 'image/png', bytes: PNG.length }

const stores: Partial<Record<(typeof STORES)[number], FileStore>> = {}
const open: Partial<Record<(typeof STORES)[number], () => FileStore>> = {}
let folder: Awaited<ReturnType<typeof ownFolder>>

beforeAll(async () => {
  folder = await ownFolder()
  const s3 = await anS3()
  open.disk = () => openStore({ FILES_URL: folder.url })
  open.s3 = () =>
    openStore({
      FILES_URL: `s3://files/projectflow?endpoint=${encodeURIComponent(s3.url)}`,
      S3_ACCESS_KEY_ID: S3_KEYS.AWS_ACCESS_KEY_ID,
      S3_SECRET_ACCESS_KEY: S3_KEYS.AWS_SECRET_ACCESS_KEY,
    })
  for (const name of STORES) stores[name] = open[name]!()
  return async () => {
    for (const store of Object.values(stores)) store.close()
    await s3.stop()
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
    expect(await keptBytes(store, id)).toEqual(PNG)
  })

  test('ASVS line 41: of an upload that a killed process had, the next one finds what is left', async () => {
    const id = newId()
    await writeFile(join(stores[name]!.incoming, id), 'half')
    const next = open[name]!()
    expect(await readdir(next.incoming)).toContain(id)
    expect((await stat(next.incoming)).mode & 0o077).toBe(0)
    next.close()
    await rm(join(stores[name]!.incoming, id))
  })

  test('has nothing under another id, or under one that was removed', async () => {
    const store = stores[name]!
    const id = newId()
    await put(store, id)
    await store.remove(id)
    await store.remove(id)
    for (const each of [id, newId()]) {
      await expect(keptBytes(store, each)).rejects.toThrow(/ENOENT|NoSuchKey/)
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

test('ASVS line 41: an address of a bucket is good for a minute and says what the file is', async () => {
  const id = newId()
  await put(stores.s3!, id)
  const given = { mediaType: 'image/png', disposition: 'attachment; filename="a b.png"' }
  const address = (await stores.s3!.read(id, given)) as URL
  expect(address.origin).toBe(stores.s3!.origin)
  expect(address.pathname).toBe(`/files/projectflow/${id}`)
  expect(address.searchParams.get('X-Amz-Expires')).toBe('60')
  const { headers } = await fetch(address)
  expect(headers.get('content-type')).toBe(given.mediaType)
  expect(headers.get('content-disposition')).toBe(given.disposition)
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { aClamd, VIRUS } from '#tests/support/files/a-clamd.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { clamdScanner } from './clamd-scanner.ts'

const LIMIT_MS = 300
const LARGE_BYTES = 3 * 1024 * 1024

let folder: Awaited<ReturnType<typeof ownFolder>>
let clean: string
let infected: string

beforeAll(async () => {
  folder = await ownFolder()
  clean = join(folder.path, 'clean')
  infected = join(folder.path, 'infected')
  await writeFile(clean, Buffer.alloc(LARGE_BYTES, 'a'))
  await writeFile(infected, `${'a'.repeat(LARGE_BYTES)}${VIRUS}`)
  return folder.remove
})

describe.each(['a port', 'a socket'])('ASVS line 41: a clamd at %s', (kind) => {
  test('is sent the whole file, and its answer is heard', async () => {
    const path = join(folder.path, 'clamd.sock')
    const clamd = await aClamd(kind === 'a port' ? { port: 0 } : { path })
    const scanner = clamdScanner(clamd.address)
    expect(await scanner.scan(clean)).toBeNull()
    expect(await scanner.scan(infected)).toBe('Eicar-Signature')
    await clamd.stop()
  })
})

test.each([
  ['does not answer', null, `within ${LIMIT_MS} ms`],
  ['has a limit of its own', 'INSTREAM size limit exceeded. ERROR', 'size limit exceeded'],
  ['is something else', 'HTTP/1.1 200 OK', 'did not say'],
])('ASVS line 41: no file is well when what should scan it %s', async (_, said, error) => {
  const clamd = await aClamd()
  clamd.answers(() => said)
  const scanner =
    said === null ? clamdScanner(clamd.address, LIMIT_MS) : clamdScanner(clamd.address)
  await expect(scanner.scan(clean)).rejects.toThrow(error)
  await clamd.stop()
})

test('ASVS line 41: no file is well when nothing is there to scan it', async () => {
  const clamd = await aClamd()
  await clamd.stop()
  await expect(clamdScanner(clamd.address, LIMIT_MS).scan(clean)).rejects.toThrow('ECONNREFUSED')
})

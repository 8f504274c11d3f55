import Koa from 'koa'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { served } from '#tests/support/api.ts'
import { staticFiles } from './static-files.ts'

let url: string

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'projectflow-ui-'))
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true })
  await writeFile(join(folder, 'dist', 'index.html'), '<title>ProjectFlow</title>')
  await writeFile(join(folder, 'dist', 'assets', 'main-1a2b.js'), 'run()')
  await writeFile(join(folder, 'dist', 'assets', 'main-1a2b.js.gz'), gzipSync('run()'))
  await writeFile(join(folder, 'dist', 'assets', 'main-1a2b.js.map'), '{}')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  const app = new Koa().use(await staticFiles(join(folder, 'dist')))
  const { url: address, server } = await served(app)
  url = address
  return async () => {
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true })
  }
})

test('a file named by its content is kept for good', async () => {
  const response = await fetch(`${url}/assets/main-1a2b.js`)
  expect(await response.text()).toBe('run()')
  expect(response.headers.get('content-type')).toContain('javascript')
  expect(response.headers.get('cache-control')).toContain('immutable')
})

test('a file is sent as the build packed it, to who takes that', async () => {
  const ask = async (accepted: string) =>
    await fetch(`${url}/assets/main-1a2b.js`, { headers: { 'accept-encoding': accepted } })
  for (const [accepted, sent] of [
    ['br, gzip', 'gzip'],
    ['br', null],
    ['identity', null],
  ] as const) {
    const response = await ask(accepted)
    expect(response.headers.get('content-encoding')).toBe(sent)
    expect(response.headers.get('content-type')).toContain('javascript')
    expect(response.headers.get('vary')).toBe('accept-encoding')
    expect(await response.text()).toBe('run()')
  }
})

test('every address of the app gets its page, asked for anew each time', async () => {
  for (const path of ['/', '/boards/7', '/login']) {
    const response = await fetch(url + path)
    expect(await response.text()).toBe('<title>ProjectFlow</title>')
    expect(response.headers.get('cache-control')).toBe('no-cache')
  }
})

test('a page the browser has is not sent again', async () => {
  const etag = (await fetch(url)).headers.get('etag')!
  const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' }
  const response = await fetch(url, { headers })
  expect(response.status).toBe(304)
})

test('ASVS line 49: no source map, nothing with a dot before it, nothing outside the folder is served', async () => {
  for (const path of [
    '/assets/main-1a2b.js.map',
    '/.git/config',
    '/.git',
    '/.env',
    '/a/.env',
    '/assets/gone.js',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
  ]) {
    const response = await fetch(url + path)
    expect(response.status).toBe(404)
  }
})

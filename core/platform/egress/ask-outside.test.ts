import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { isOutside } from './addresses.ts'
import { askOutside, type Asked } from './ask-outside.ts'
import { isHostEntry } from '#core/flows/host-entry.ts'
import { isListed } from '#core/kernel/listed-host.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const asked = (url: string, more: Partial<Asked> = {}): Asked => ({
  method: 'GET',
  url,
  headers: {},
  secretHeaders: {},
  body: null,
  ...more,
})
const RULES = {
  isListed: () => true,
  isOpen: () => true,
  timeLimitMs: 2_000,
  answerBytesMax: 1_000,
}
const codeOf = async (asking: Promise<unknown>) =>
  await asking.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  )

test('a server is asked and answers', async () => {
  const host = await serve((request, response) => {
    request.pipe(response.setHeader('x-method', request.method!))
  })
  const answer = await askOutside(
    asked(`http://${host}/`, { method: 'POST', body: 'hello' }),
    RULES,
  )
  expect(answer).toMatchObject({ status: 200, headers: { 'x-method': 'POST' } })
  expect(answer.body.toString()).toBe('hello')
})

test.each([{ 'a\r\nb': 'x' }, { a: 'x\r\nb: y' }, { Host: 'other.example' }])(
  'a header that would be two, or ask somebody else, is not sent: %j',
  async (headers) => {
    const host = await serve((_, response) => response.end())
    expect(await codeOf(askOutside(asked(`http://${host}/`, { headers }), RULES))).toBe(
      'egress.header_invalid',
    )
  },
)

test.each([
  '10.0.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '192.168.1.1',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  'fd00::1',
  'fe80::1',
  '::ffff:127.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '2002:7f00:1::',
  '2001:db8::1',
  'nonsense',
])('%s is not outside', (address) => {
  expect(isOutside(address)).toBe(false)
})

test.each(['1.1.1.1', '93.184.216.34', '2606:4700:4700::1111'])('%s is outside', (address) => {
  expect(isOutside(address)).toBe(true)
})

test.each([
  ['a name that leads inside', 'http://localhost:1/', 'egress.address_shut'],
  ['an address inside', 'http://127.0.0.1:1/', 'egress.address_shut'],
  ['the same written otherwise', 'http://2130706433:1/', 'egress.address_shut'],
  ['the same in IPv6', 'http://[::ffff:127.0.0.1]:1/', 'egress.address_shut'],
  ['a file', 'file:///etc/passwd', 'egress.url_invalid'],
  ['a password in the address', 'https://a:b@example.com/', 'egress.url_invalid'],
  ['no address', 'hello', 'egress.url_invalid'],
])('%s is refused before anything is sent', async (_, url, code) => {
  expect(await codeOf(askOutside(asked(url), { ...RULES, isOpen: isOutside }))).toBe(code)
})

test('a redirect is checked like the first address, and secrets stay with who was asked', async () => {
  const seen: (string | undefined)[] = []
  const other = await serve((request, response) => {
    seen.push(request.headers['x-key'] as string | undefined, request.method)
    response.end('there')
  })
  const first = await serve((_, response) => {
    response.writeHead(302, { location: `http://${other}/next` }).end()
  })
  const secret = { method: 'POST', body: 'x', secretHeaders: { 'x-key': 's3cret' } }
  const answer = await askOutside(asked(`http://${first}/`, secret), RULES)
  expect(answer.body.toString()).toBe('there')
  expect(seen).toEqual([undefined, 'GET'])
  const only = { ...RULES, isListed: (url: URL) => url.host === first }
  expect(await codeOf(askOutside(asked(`http://${first}/`), only))).toBe('egress.host_not_allowed')
})

test('a server that sends on and on, says too much, packs it or says nothing is given up', async () => {
  const round = await serve((_, response) => response.writeHead(307, { location: '/' }).end())
  const loud = await serve((_, response) => response.end('x'.repeat(2_000)))
  const packed = await serve((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
  })
  const silent = await serve(() => {})
  const hasty = { ...RULES, timeLimitMs: 200 }
  expect(await codeOf(askOutside(asked(`http://${round}/`), RULES))).toBe('egress.redirects')
  expect(await codeOf(askOutside(asked(`http://${loud}/`), RULES))).toBe('egress.too_large')
  expect(await codeOf(askOutside(asked(`http://${packed}/`), RULES))).toBe('egress.encoded')
  expect(await codeOf(askOutside(asked(`http://${silent}/`), hasty))).toBe('egress.too_slow')
  expect(await codeOf(askOutside(asked('http://127.0.0.1:1/'), RULES))).toBe('egress.away')
})

test('the list of hosts takes names, everything below a name, and ports', () => {
  const hosts = ['api.example.com', '*.example.org', 'example.net:8443']
  const isAllowed = (url: string) => isListed(hosts, new URL(url))
  expect(isAllowed('https://api.example.com/x')).toBe(true)
  expect(isAllowed('https://a.example.org/')).toBe(true)
  expect(isAllowed('https://example.net:8443/')).toBe(true)
  expect(isAllowed('https://example.org/')).toBe(false)
  expect(isAllowed('https://api.example.com:8443/')).toBe(false)
  expect(isAllowed('https://example.net/')).toBe(false)
  expect(isAllowed('https://notexample.org/')).toBe(false)
  expect(hosts.every(isHostEntry)).toBe(true)
  expect(['', 'a b', '*', 'https://x', 'a.b:0', 'a.b:99999', '*.'].some(isHostEntry)).toBe(false)
})

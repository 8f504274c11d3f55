import { beforeAll, describe, expect, test } from 'vitest'
import { anApi } from '#tests/support/api.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { newId } from '#core/kernel/ids.ts'
import { sampleOf } from '#tests/support/sample.ts'
import { routes } from './routes/index.ts'

// What somebody who means ill sends, to every route there is: made from the routes and their contracts.
const NAMES = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
const WITH_BODY = [...NAMES].filter(([, { body }]) => body !== null).map(([name]) => name)
const DEPTH = 10_000

let api: Awaited<ReturnType<typeof anApi>>
let stranger: string

beforeAll(async () => {
  api = await anApi({ LOGINS_PER_MINUTE_MAX: '1000000' })
  stranger = (await aWorkspace(api.database)).ownerId
  return api.stop
})

async function ask(name: string, body?: string, query = '') {
  const { method, path, access } = NAMES.get(name)!
  const address = path.replaceAll(/:\w+/g, () => newId())
  return await api.call(method.toUpperCase(), `/api/v1${address}${query}`, {
    ...(access !== 'anyone' && { as: stranger }),
    ...(body !== undefined && { body }),
  })
}

const sampleFor = (name: string) => sampleOf(NAMES.get(name)!.body!) as Record<string, unknown>

/** The text of a sample, once for each object in it, where that has one entry more. */
function* withEntry(value: unknown, entry: string): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  const parts = Object.entries(value).map(([key, each]) => [key, JSON.stringify(each)] as const)
  const textOf = (entries: readonly (readonly [string, string])[], more: readonly string[] = []) =>
    Array.isArray(value)
      ? `[${entries.map(([, text]) => text).join()}]`
      : `{${[...more, ...entries.map(([key, text]) => `${JSON.stringify(key)}:${text}`)].join()}}`
  if (!Array.isArray(value)) yield textOf(parts, [entry])
  for (const [at, [key]] of parts.entries()) {
    for (const text of withEntry((value as Record<string, unknown>)[key], entry)) {
      yield textOf(parts.with(at, [key, text]))
    }
  }
}

describe.each(WITH_BODY)('ASVS line 29: %s', (name) => {
  test('refuses keys that would change what every object is, at any depth', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      for (const body of withEntry(sampleFor(name), `"${key}":{"polluted":true}`)) {
        const answer = await ask(name, body)
        expect(answer.body.error.code, body).toBe('request.invalid')
      }
    }
    expect('polluted' in {}).toBe(false)
  })

  test('refuses what is ten thousand deep, in the place of each of its parts', async () => {
    const deep = [
      '['.repeat(DEPTH) + ']'.repeat(DEPTH),
      `${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
    ]
    for (const value of deep) {
      expect((await ask(name, value)).body.error.code).toBe('request.invalid')
      for (const key of Object.keys(sampleFor(name))) {
        const others = JSON.stringify({ ...sampleFor(name), [key]: 'here' })
        const answer = await ask(name, others.replace(`"${key}":"here"`, `"${key}":${value}`))
        expect(answer.body.error.code, key).toBe('request.invalid')
      }
    }
  })
})

const FRAGMENTS = [
  "'; drop table users; --",
  "' or ''='",
  '$1',
  '\\',
  "%' union select null --",
  '\0',
]
const ASKS = [...NAMES].filter(([, { query }]) => query !== null).map(([name]) => name)

test.each(ASKS)('ASVS line 28: %s takes words of SQL in its address as words', async (name) => {
  const { query } = NAMES.get(name)!
  for (const key of Object.keys(query!.shape)) {
    for (const fragment of FRAGMENTS) {
      const { status } = await ask(name, undefined, `?${key}=${encodeURIComponent(fragment)}`)
      expect(status, `${key}=${fragment}`).toBeLessThan(500)
    }
  }
})

/** Letters that look like those of another address, and characters that cannot be seen. */
const LOOK_ALIKES = ['\u0430', '\uFF41', '\u0251', 'a\u200B', 'a\u0301', '\u202Ea', 'a\u00AD']
const WITH_EMAIL = WITH_BODY.filter((name) => 'email' in sampleFor(name))

test.each(WITH_EMAIL)('ASVS line 12: %s takes no look-alike for an address', async (name) => {
  for (const letter of LOOK_ALIKES) {
    const body = JSON.stringify({ ...sampleFor(name), email: `${letter}nn@example.com` })
    expect((await ask(name, body)).body.error.code, letter).toBe('request.invalid')
  }
})

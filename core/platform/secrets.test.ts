import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'

const aKey = () => randomBytes(32).toString('base64url')
const ADDRESSES = {
  REDIS_URL: 'redis://:aa4c5fe31b@redis',
}
const LOGIN = { API_DATABASE_URL: 'postgres://pf:aa4c5fe31b@db/projectflow' }
const KEYS = { AUTH_KEY: aKey(), COMMAND_KEY: aKey(), MASTER_KEY: aKey(), AUDIT_KEY: aKey() }
const REAL = {
  NODE_ENV: 'production',
  TEMPORAL_ADDRESS: 'temporal:7233',
  ...ADDRESSES,
  ...LOGIN,
  ...KEYS,
}
const SECRETS = { ...ADDRESSES, ...LOGIN, ...KEYS }
/** Those without which a process runs. */
const MORE_SECRETS = {
  DATABASE_URL: 'postgres://owner:aa4c5fe31b@db/projectflow',
  ACTIONS_DATABASE_URL: 'postgres://pf:aa4c5fe31b@db/projectflow',
  WORKER_DATABASE_URL: 'postgres://pf:aa4c5fe31b@db/projectflow',
  COLLAB_DATABASE_URL: 'postgres://pf:aa4c5fe31b@db/projectflow',
  AUDIT_SINK_URL: 's3://key:aa4c5fe31b@s3.example.com/bucket',
  AWS_SECRET_ACCESS_KEY: aKey(),
  S3_SECRET_ACCESS_KEY: aKey(),
  SMTP_URL: 'smtps://pf:aa4c5fe31b@mail.example.com',
  OIDC_CLIENT_SECRET: aKey(),
  METRICS_TOKEN: aKey(),
  OTEL_EXPORTER_OTLP_HEADERS: `api-key=${aKey()}`,
}

/** What goes together with a secret. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  OIDC_CLIENT_SECRET: { OIDC_CLIENT_ID: 'ours' },
  AWS_SECRET_ACCESS_KEY: { AWS_ACCESS_KEY_ID: 'ours' },
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-secrets-'))
  return () => rmSync(folder, { recursive: true })
})

const file = (content: string): string => {
  const path = join(folder, randomBytes(4).toString('hex'))
  writeFileSync(path, content)
  return path
}
const without = (name: string) => ({ ...REAL, [name]: undefined })
const refusalOf = (environment: NodeJS.ProcessEnv): string => {
  try {
    readConfig(environment)
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

test.each(Object.entries({ ...SECRETS, ...MORE_SECRETS }))(
  'ASVS line 43: %s can be a file, less its line end',
  (name, value) => {
    for (const end of ['', '\n', '\r\n']) {
      const given = { ...without(name), ...BESIDE[name], [`${name}_FILE`]: file(value + end) }
      const config = readConfig(given)
      expect(config[name as keyof typeof SECRETS]).toBe(value)
    }
  },
)

test.each(Object.entries(SECRETS))('%s is not taken twice, nor shown', (name, value) => {
  const refusal = refusalOf({ ...REAL, [`${name}_FILE`]: file(aKey()) })
  expect(refusal).toContain(`${name} and ${name}_FILE are both given`)
  expect(refusal).not.toContain(value)
})

test('a file that is not there, not a file, empty or too large is refused by its name', () => {
  const ask = (path: string) => refusalOf({ ...without('AUTH_KEY'), AUTH_KEY_FILE: path })
  expect(ask(join(folder, 'gone'))).toMatch(/AUTH_KEY_FILE names .*gone, which is not a file/)
  expect(ask(folder)).toContain('not a file')
  expect(ask('/dev/zero')).toContain('not a file')
  expect(ask(file('\n'))).toContain('empty')
  expect(ask(file('x'.repeat(16 * 1024 + 1)))).toContain('larger than 16 KB')
})

test.each(Object.keys(KEYS))(
  'without %s nothing runs, and one line says how to make it',
  (name) => {
    const lines = refusalOf(without(name)).split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toMatch(new RegExp(`^${name} is missing\\. Make one: openssl rand`))
  },
)

test.each(Object.keys(ADDRESSES))('without %s nothing runs', (name) => {
  expect(refusalOf(without(name)).split('\n')[1]).toBe(`${name} is missing.`)
})

test.each([
  ['AUTH_KEY', 'A'.repeat(43)],
  ['COMMAND_KEY', 'change-me-change-me-please-0123456789abcdef'],
  ['MASTER_KEY', `${aKey()} ${'k'.repeat(43)}`],
  ['DATABASE_URL', 'postgres://projectflow:postgres@db/projectflow'],
  ['DATABASE_URL', 'postgres://projectflow:Change-Me!@db/projectflow'],
  ['REDIS_URL', 'redis://:password@redis'],
])('ASVS line 6: the placeholder in %s is refused outside the demo, unseen', (name, value) => {
  const [, line, ...more] = refusalOf({ ...REAL, [name]: value }).split('\n')
  expect(line).toMatch(new RegExp(`^${name} .*placeholder\\. Make one: openssl rand`))
  expect(more).toEqual([])
  const demo = { ...REAL, [name]: value, NODE_ENV: 'development', PROJECTFLOW_DEMO: '1' }
  expect(refusalOf(demo)).toBe('')
})

test.each(Object.keys(SECRETS))(
  'ASVS line 46: a wrong %s does not stand in what is said of it',
  (name) => {
    const refusal = refusalOf({ ...REAL, [name]: 'x7Qw!nonsense' })
    expect(refusal).toContain(name)
    expect(refusal).not.toContain('nonsense')
  },
)

test('a password with letters that addresses escape, or escaped wrongly, is no placeholder', () => {
  for (const password of ['%zz%41b2c', 'a4%2Fc!d9f3']) {
    const DATABASE_URL = `postgres://pf:${password}@db/projectflow`
    expect(refusalOf({ ...REAL, DATABASE_URL })).toBe('')
  }
})

test('drawn keys are never taken for placeholders', () => {
  const drawn = Array.from({ length: 2_000 }, () => refusalOf({ ...REAL, AUTH_KEY: aKey() }))
  expect(drawn.filter(Boolean)).toEqual([])
})

test('what Temporal stores is sealed in production, unless it is switched off', () => {
  expect(readConfig(REAL).SEAL_PAYLOADS).toBe(true)
  expect(readConfig({ ...REAL, SEAL_PAYLOADS: '0' }).SEAL_PAYLOADS).toBe(false)
  expect(readConfig({ ...REAL, NODE_ENV: 'development' }).SEAL_PAYLOADS).toBe(false)
})

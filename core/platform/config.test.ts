import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const KEY = 'k'.repeat(43)
const DEMO = {
  PROJECTFLOW_DEMO: '1',
  DATABASE_URL: 'postgres://127.0.0.1/projectflow',
  REDIS_URL: 'redis://127.0.0.1',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  AUTH_KEY: KEY,
  COMMAND_KEY: KEY,
  MASTER_KEY: KEY,
  AUDIT_KEY: KEY,
}

test('the demo, whose passwords are public, listens to this machine alone', () => {
  expect(readConfig(DEMO).HOST).toBe('127.0.0.1')
  for (const HOST of ['0.0.0.0', '::', 'localhost', '192.0.2.7']) {
    expect(() => readConfig({ ...DEMO, HOST })).toThrow('127.0.0.1 only')
  }
})

test('the demo does not run in production', () => {
  expect(() => readConfig({ ...DEMO, NODE_ENV: 'production' })).toThrow('NODE_ENV=production')
})

test('every variable that is missing or wrong is named at once', () => {
  const { AUTH_KEY: _, ...rest } = DEMO
  expect(() => readConfig({ ...rest, PORT: '0' })).toThrow(/PORT[^]*AUTH_KEY|AUTH_KEY[^]*PORT/)
})

test('an installation may have no mail server', () => {
  expect(readConfig({ ...DEMO, SMTP_URL: 'none' }).SMTP_URL).toBeUndefined()
  expect(readConfig({ ...DEMO, SMTP_URL: 'smtps://mail.example.com' }).SMTP_URL).toBeDefined()
  expect(() => readConfig({ ...DEMO, SMTP_URL: 'mail.example.com' })).toThrow('SMTP_URL')
})

test('an issuer has a client and its secret, and is asked over TLS or on this machine', () => {
  const client = { OIDC_CLIENT_ID: 'projectflow', OIDC_CLIENT_SECRET: 'ahGh3ohbai9Eiphae2oo' }
  expect(readConfig({ ...DEMO, ...client }).OIDC_ISSUER).toBe('https://accounts.google.com')
  const none = { OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: 'none', OIDC_NAME: '' }
  expect(readConfig({ ...DEMO, ...none }).OIDC_CLIENT_ID).toBeUndefined()
  for (const name of Object.keys(client)) {
    expect(() => readConfig({ ...DEMO, ...client, [name]: undefined })).toThrow('go together')
  }
  const at = (OIDC_ISSUER: string) => readConfig({ ...DEMO, ...client, OIDC_ISSUER }).OIDC_ISSUER
  expect(at('http://127.0.0.1:8080/realms/a')).toBe('http://127.0.0.1:8080/realms/a')
  for (const address of ['http://issuer.example', 'issuer.example', 'http://localhost.example']) {
    expect(() => at(address)).toThrow('OIDC_ISSUER must be an address with https')
  }
  const known = { ...client, OIDC_CLIENT_SECRET: 'change-me' }
  expect(() => readConfig({ ...DEMO, PROJECTFLOW_DEMO: '0', ...known })).toThrow('placeholder')
})

test('a collector of spans has an address that everybody may see, or there is none', () => {
  const at = (OTEL_EXPORTER_OTLP_ENDPOINT: string) =>
    readConfig({ ...DEMO, OTEL_EXPORTER_OTLP_ENDPOINT }).OTEL_EXPORTER_OTLP_ENDPOINT
  expect(at('http://collector:4318')).toBe('http://collector:4318')
  expect(at('')).toBeUndefined()
  for (const address of ['collector:4318', 'http://a:b@collector', 'https://collector?key=a']) {
    expect(() => at(address)).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT must be an address without')
  }
})

test('a collector may want headers, which are no placeholders', () => {
  const given = (OTEL_EXPORTER_OTLP_HEADERS: string, more: object = {}) =>
    readConfig({ ...DEMO, OTEL_EXPORTER_OTLP_HEADERS, ...more }).OTEL_EXPORTER_OTLP_HEADERS
  const headers = 'api-key=eeQuae0iphahgh, authorization=Basic YTpi'
  expect(given(headers)).toBe(headers)
  expect(given('none')).toBeUndefined()
  for (const wrong of ['', 'api-key', 'api-key=', 'api key=a', 'a=b,', 'a=b\nc: d', 'a=ü']) {
    expect(() => given(wrong)).toThrow('OTEL_EXPORTER_OTLP_HEADERS must be headers')
  }
  const real = { PROJECTFLOW_DEMO: '0' }
  expect(() => given('api-key=change-me', real)).toThrow('Whoever runs the collector gives it')
})

test('a bucket for files has its keys', () => {
  const bucket = { FILES_URL: 's3://files/here?region=eu-central-1' }
  const keys = { S3_ACCESS_KEY_ID: 'AKID', S3_SECRET_ACCESS_KEY: 'ahGh3ohbai9Eiphae2oo' }
  expect(readConfig({ ...DEMO, ...bucket, ...keys }).S3_ACCESS_KEY_ID).toBe('AKID')
  for (const none of [{ S3_ACCESS_KEY_ID: '' }, { S3_SECRET_ACCESS_KEY: 'none' }]) {
    expect(readConfig({ ...DEMO, ...none })).toBeDefined()
    expect(() => readConfig({ ...DEMO, ...bucket, ...keys, ...none })).toThrow(
      'S3_SECRET_ACCESS_KEY',
    )
  }
  const known = { ...keys, S3_SECRET_ACCESS_KEY: 'change-me' }
  expect(() => readConfig({ ...DEMO, PROJECTFLOW_DEMO: '0', ...known })).toThrow('placeholder')
})

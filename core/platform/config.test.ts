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

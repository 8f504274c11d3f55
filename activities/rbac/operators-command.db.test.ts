import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, inject, test } from 'vitest'
import { aUser } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'

const getDatabase = useDatabase()
const aKey = () => randomBytes(32).toString('base64url')

const operators = (...given: string[]) => {
  const command = 'activities/rbac/operators-command.ts'
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...given], {
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: getDatabase().client.config.connection.connectionString,
      REDIS_URL: inject('redisUrl'),
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      AUTH_KEY: aKey(),
      COMMAND_KEY: aKey(),
      MASTER_KEY: aKey(),
      AUDIT_KEY: aKey(),
    },
  })
  return { status, stdout, stderr }
}

test('the command adds, tells and removes operators, and logs each change', async () => {
  await aUser(getDatabase(), { email: 'ann@example.com' })

  expect(operators('add', 'ann@example.com').stdout).toContain('"msg":"operator.add"')
  expect(operators('add', 'ann@example.com').stdout).toBe('That is so already.\n')
  expect(operators('list').stdout).toBe('ann@example.com\n')
  expect(operators('remove', 'ann@example.com').stdout).toContain('"msg":"operator.remove"')
  expect(operators('list').stdout).toBe('There are none.\n')
}, 60_000)

test.each([
  [['add', 'nobody@example.com'], 'Nobody here has the address nobody@example.com.\n'],
  [['add'], 'usage'],
  [['constructor', 'a'], 'usage'],
  [[], 'usage'],
])(
  '%j changes nothing and says why',
  (given, said) => {
    const { status, stderr } = operators(...given)
    expect(status).toBe(1)
    expect(stderr).toContain(said)
  },
  20_000,
)

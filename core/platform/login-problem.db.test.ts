import { expect, test } from 'vitest'
import { useDatabase } from '#tests/support/use-database.ts'
import { openDatabase } from './database.ts'
import { loginProblem } from './login-problem.ts'

const database = useDatabase()

test.each(['api', 'actions', 'worker', 'collab'] as const)(
  'ASVS line 45: %s logs in as it should',
  async (login) => {
    expect(await loginProblem(database(login))).toBeNull()
  },
)

test('ASVS line 45: a login above row security is refused', async () => {
  expect(await loginProblem(database())).toBe(
    'postgres stands above row security: log in as one who does not.',
  )
})

test('a login Postgres does not know is told what to run', async () => {
  const url = new URL(database('api').client.config.connection.connectionString)
  url.username = 'nobody'
  const unknown = openDatabase({
    url: url.href,
    name: 'test',
    connectionsMax: 1,
    statementLimitMs: 3_000,
  })
  expect(await loginProblem(unknown)).toMatch(/does not let this login in. Run: node migrations/)
  await unknown.destroy()
})

test('a login whose key has changed is told what to run', async () => {
  await database()('app.context_keys').where({ login: 'test_collab' }).delete()
  expect(await loginProblem(database('collab'))).toMatch(/does not know the key of this login/)
})

import { beforeEach, expect, test } from 'vitest'
import { DEMO_EMAILS, DEMO_PASSWORD } from '#core/kernel/demo.ts'
import { aUser } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { demoProblem } from './demo-accounts.ts'
import { hashPassword } from './password.ts'

const database = useDatabase()

beforeEach(async () => {
  await database().raw('truncate users cascade')
})

test('ASVS line 6: accounts of the demo are found, and it is said what to do', async () => {
  for (const email of DEMO_EMAILS) await aUser(database(), { email })
  const problem = await demoProblem(database())
  for (const email of DEMO_EMAILS) expect(problem).toContain(email)
  expect(problem).toContain('docs/operator.md')
})

test('ASVS line 6: one whose address was changed is known by its password', async () => {
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await aUser(database(), { email: 'ann@corp.example', passwordHash })
  await aUser(database(), { email: 'bob@corp.example', passwordHash: await hashPassword('other') })
  expect(await demoProblem(database())).toContain('the demo, ann@corp.example:')
})

test('ASVS line 6: other accounts are none of the demo', async () => {
  await aUser(database(), { email: 'owner@corp.example' })
  expect(await demoProblem(database())).toBeNull()
})

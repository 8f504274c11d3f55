import type { Knex } from 'knex'
import { DEMO_EMAILS, DEMO_PASSWORD } from '#core/kernel/demo.ts'
import { isPassword } from './password.ts'

const HOW =
  'their passwords are public. Use a database of its own, which begins empty: docs/operator.md, ' +
  '«From the demo to production».'

/**
 * Which accounts of the demo are in a database, in a sentence that says what to do; null when none
 * is. They are known by their addresses or, when those were changed, as the first there were, by
 * their password.
 */
export async function demoProblem(database: Knex): Promise<string | null> {
  const { rows } = await database.raw<{ rows: { email: string; hash: string | null }[] }>(
    `select email, password_hash as hash from users where lower(email) = any(:emails)
       or id in (select id from users where kind = 'person' order by id limit :first)`,
    { emails: [...DEMO_EMAILS], first: DEMO_EMAILS.length },
  )
  const found: string[] = []
  for (const { email, hash } of rows) {
    const isOne = DEMO_EMAILS.includes(email.toLowerCase()) || (await hasDemoPassword(hash))
    if (isOne) found.push(email)
  }
  return found.length > 0
    ? `The database has accounts of the demo, ${found.join(', ')}: ${HOW}`
    : null
}

const hasDemoPassword = async (hash: string | null): Promise<boolean> =>
  hash !== null && hash.startsWith('$argon2') && (await isPassword(hash, DEMO_PASSWORD))

/** Ends a process that is not the demo, and has then said what to do, when it would let them in. */
export async function refuseDemoAccounts(
  database: Knex,
  log: { fatal(message: string): void },
): Promise<void> {
  const problem = await demoProblem(database)
  if (!problem) return
  log.fatal(problem)
  process.exit(1)
}

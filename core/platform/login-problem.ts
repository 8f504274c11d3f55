import type { Knex } from 'knex'
import { readAs } from './acting-as.ts'

const HOW = 'Run: node migrations/migrate.ts up, with the address of this login'
/** SQLSTATE of a login that is not there, or whose password is another. */
const UNKNOWN = ['28P01', '28000']
const NO_RIGHT = '42501'
const NOBODY = '00000000-0000-0000-0000-000000000000'

const RIGHTS = `
  select session_user as login, rolsuper or rolbypassrls as "isAbove", exists (
    select from pg_class where relowner = pg_roles.oid and relkind in ('r', 'p')
  ) as "isOwner"
  from pg_roles where rolname = session_user`

interface Rights {
  readonly login: string
  readonly isAbove: boolean
  readonly isOwner: boolean
}

/**
 * What keeps a process from logging in as it does, in a sentence; null when nothing does. A login
 * that row security does not bind is wrong, and so is one whose contexts Postgres would not take.
 */
export async function loginProblem(database: Knex): Promise<string | null> {
  try {
    const { rows } = await database.raw<{ rows: Rights[] }>(RIGHTS)
    const { login, isAbove, isOwner } = rows[0]!
    if (isAbove) return `${login} stands above row security: log in as one who does not.`
    if (isOwner) return `${login} owns tables, and could change their policies.`
    await readAs(database, { userId: NOBODY }, (trx) => trx.raw('select app.me()'))
    return null
  } catch (error) {
    const { code = '' } = error as { code?: string }
    if (UNKNOWN.includes(code)) return `Postgres does not let this login in. ${HOW}.`
    if (code === NO_RIGHT) return `Postgres does not know the key of this login. ${HOW}.`
    throw error
  }
}

/** Ends the process, which then has said what to do, when its login is not what it should be. */
export async function refuseUnfitLogin(
  database: Knex,
  log: { fatal(message: string): void },
): Promise<void> {
  const problem = await loginProblem(database)
  if (!problem) return
  log.fatal(problem)
  process.exit(1)
}

import type { Knex } from 'knex'
import { contextKey, padsOf } from '#core/platform/context-key.ts'

/** What each process logs in as, by the setting that has its address: the group that says what it may. */
const LOGINS = {
  API_DATABASE_URL: { group: 'pf_api', everywhere: false },
  ACTIONS_DATABASE_URL: { group: 'pf_actions', everywhere: false },
  WORKER_DATABASE_URL: { group: 'pf_worker', everywhere: true },
  COLLAB_DATABASE_URL: { group: 'pf_collab', everywhere: true },
} as const

type Setting = keyof typeof LOGINS
export const LOGIN_SETTINGS = Object.keys(LOGINS) as Setting[]

/**
 * Makes the logins whose addresses the environment has, or gives them the password that stands in
 * their address by now, and tells Postgres the keys they sign with. Answers their names.
 */
export async function makeLogins(
  database: Knex,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const names: string[] = []
  for (const setting of LOGIN_SETTINGS) {
    const url = environment[setting]
    if (url) names.push(await makeLogin(database, url, LOGINS[setting]))
  }
  return names
}

async function makeLogin(
  database: Knex,
  url: string,
  { group, everywhere }: (typeof LOGINS)[Setting],
): Promise<string> {
  const { username, password } = new URL(url)
  const login = decodeURIComponent(username)
  const { inner, outer } = padsOf(contextKey(url))
  await database.transaction(async (trx) => {
    // Roles belong to the whole cluster: who migrates another database of it waits here.
    await trx.raw(`select pg_advisory_xact_lock(hashtextextended('projectflow logins', 0))`)
    const found = await trx.raw('select from pg_roles where rolname = ?', [login])
    const verb = found.rowCount ? 'alter' : 'create'
    const quoted = `format('${verb} role %I login nosuperuser nobypassrls nocreatedb nocreaterole
      inherit password %L', ?::text, ?::text)`
    const { rows } = await trx.raw(`select ${quoted} as statement`, [
      login,
      decodeURIComponent(password),
    ])
    await trx.raw(rows[0].statement)
    await trx.raw('grant ?? to ??', [group, login])
    await trx('app.context_keys')
      .insert({ login, inner_pad: inner, outer_pad: outer, everywhere })
      .onConflict('login')
      .merge()
  })
  return login
}

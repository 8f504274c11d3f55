import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { insertRows } from '#core/platform/insert-rows.ts'
import { ann, everybody, userRows } from './people.ts'
import { stress } from './stress.ts'
import { team } from './team.ts'
import { tour } from './tour.ts'
import { writeProject } from './write-project.ts'

const WORKSPACE = 'Atlas team'
const STATEMENT_LIMIT_MS = 60_000

/**
 * Writes the demo workspace, all of it or nothing; false where somebody has an account already: the
 * workspace may have been given another name since, or deleted.
 */
export async function seedDemo(database: Knex, now = new Date()): Promise<boolean> {
  return await database.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [WORKSPACE])
    if (await trx('users').first('id')) return false
    const workspaceId = newId()
    await insertRows(trx, 'users', await userRows())
    await insertRows(trx, 'workspaces', [{ id: workspaceId, name: WORKSPACE }])
    await insertRows(
      trx,
      'workspace_members',
      everybody.map(({ id, role }) => ({ workspace_id: workspaceId, user_id: id, role })),
    )
    await insertRows(trx, 'operators', [{ user_id: ann.id }])
    for (const project of [tour, team, stress]) await writeProject(trx, workspaceId, project(now))
    return true
  })
}

if (import.meta.main) {
  const { PROJECTFLOW_DEMO, DATABASE_URL } = process.env
  if (PROJECTFLOW_DEMO !== '1' || !DATABASE_URL) {
    throw new Error(
      'The demo is filled in only with PROJECTFLOW_DEMO=1, by the owner in DATABASE_URL.',
    )
  }
  const database = openDatabase({
    url: DATABASE_URL,
    name: 'projectflow-seed',
    connectionsMax: 1,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })
  try {
    const isNew = await seedDemo(database)
    console.log(isNew ? `Filled in the workspace «${WORKSPACE}».` : 'There are accounts already.')
  } finally {
    await database.destroy()
  }
}

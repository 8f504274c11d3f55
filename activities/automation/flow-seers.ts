import type { Knex } from 'knex'
import { inProject, MADE_THERE, ROLE_THERE } from '#activities/rbac/queries.ts'
import { type AnyRole, may, rightsOf } from '#core/kernel/permissions.ts'

interface Row {
  readonly pair: string
  readonly role: AnyRole
  readonly made: string[] | null
}

interface Pair {
  readonly id: string
  readonly userId: string
}

/** Which of the pairs are of a run and somebody who may see its project, as `id userId`. */
export const runSeers = async (trx: Knex.Transaction, pairs: readonly Pair[]) =>
  await seers(trx, 'flow_runs', pairs)

/** The same of flows. */
export const flowSeers = async (trx: Knex.Transaction, pairs: readonly Pair[]) =>
  await seers(trx, 'flows', pairs)

async function seers(
  trx: Knex.Transaction,
  table: 'flow_runs' | 'flows',
  pairs: readonly Pair[],
): Promise<Set<string>> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select r.id || ' ' || m.user_id as pair, ${ROLE_THERE} as role, ${MADE_THERE} as made
     from unnest(?::uuid[], ?::uuid[]) as asked (id, user_id)
     join ${table} r on r.id = asked.id
     join workspaces w on w.id = r.workspace_id and w.deleted_at is null
     join workspace_members m on m.workspace_id = r.workspace_id and m.user_id = asked.user_id
     ${inProject('r.project_id')}`,
    [pairs.map(({ id }) => id), pairs.map(({ userId }) => userId)],
  )
  return new Set(
    rows
      .filter(({ role, made }) => may(rightsOf(role, made), 'board.read'))
      .map(({ pair }) => pair),
  )
}

import type { Knex } from 'knex'
import { inProject, MADE_THERE, ROLE_THERE } from '#activities/rbac/queries.ts'
import { may, rightsOf, type MemberRole, type ProjectRole } from '#core/kernel/permissions.ts'

interface Row {
  readonly pair: string
  readonly role: MemberRole | ProjectRole
  readonly made: string[] | null
}

/** Which of the pairs are of a run and somebody who may see its project, as `runId userId`. */
export async function runSeers(
  trx: Knex.Transaction,
  pairs: readonly { runId: string; userId: string }[],
): Promise<Set<string>> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select r.id || ' ' || m.user_id as pair, ${ROLE_THERE} as role, ${MADE_THERE} as made
     from unnest(?::uuid[], ?::uuid[]) as asked (run_id, user_id)
     join flow_runs r on r.id = asked.run_id
     join workspaces w on w.id = r.workspace_id and w.deleted_at is null
     join workspace_members m on m.workspace_id = r.workspace_id and m.user_id = asked.user_id
     ${inProject('r.project_id')}`,
    [pairs.map(({ runId }) => runId), pairs.map(({ userId }) => userId)],
  )
  return new Set(
    rows
      .filter(({ role, made }) => may(rightsOf(role, made), 'board.read'))
      .map(({ pair }) => pair),
  )
}

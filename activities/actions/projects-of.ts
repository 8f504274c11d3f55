import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'

/** The projects of an action's target and of the column it leads to, whoever may see them. */
export async function projectsOf(
  trx: Knex,
  kind: TargetKind,
  targetId: string,
  columnId: string | null,
): Promise<{ target: string | null; column: string | null }> {
  const { rows } = await trx.raw(
    `select app.project_of(?, ?) as target, app.project_of('column', ?) as "column"`,
    [kind, targetId, columnId],
  )
  return rows[0]
}

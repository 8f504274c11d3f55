import type { Knex } from 'knex'
import type { DeletedWorkspace } from '#core/contracts/workspaces.ts'
import { DELETED_KEPT_DAYS } from '#core/kernel/limits.ts'

interface Deleted {
  readonly id: string
  readonly name: string
  readonly deletedAt: Date
  readonly keptUntil: Date
}

/** What the caller can bring back, the latest first: Postgres shows deleted workspaces to nobody else. */
export async function deletedWorkspacesOf(trx: Knex.Transaction): Promise<DeletedWorkspace[]> {
  const { rows } = await trx.raw<{ rows: Deleted[] }>(
    `select id, name, deleted_at as "deletedAt",
       deleted_at + interval '1 day' * ? as "keptUntil"
     from workspaces where deleted_at is not null order by deleted_at desc, id`,
    [DELETED_KEPT_DAYS],
  )
  return rows.map(({ id, name, deletedAt, keptUntil }) => ({
    id,
    name,
    deletedAt: deletedAt.toISOString(),
    keptUntil: keptUntil.toISOString(),
  }))
}

import type { Knex } from 'knex'
import type { EgressDenial } from '#core/contracts/flows/outside.ts'

const LINES_MAX = 50

type Row = Omit<EgressDenial, 'at'> & { readonly at: Date }

/** The last times flows of a project were kept from asking a server, the newest first. */
export async function egressDenials(db: Knex, projectId: string): Promise<EgressDenial[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select a.after ->> 'host' as host, a.reason as code, f.id as "flowId", f.name as "flowName",
       a.request_id as "runId", a.created_at as at
     from flows f join audit_log a on a.workspace_id = f.workspace_id and a.target_id = f.id
     where f.project_id = ? and a.action = 'egress.request' and a.decision = 'denied'
     order by a.id desc limit ?`,
    [projectId, LINES_MAX],
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}

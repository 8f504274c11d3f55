import type { Knex } from 'knex'
import type {
  DeliveriesAsked,
  DeliveryView,
  HookFlow,
  HostView,
} from '#core/contracts/flows/outside.ts'
import { readPage, type Page } from '#core/platform/page.ts'

type HostRow = Omit<HostView, 'addedAt'> & { readonly addedAt: Date }

/** The servers outside that flows of a project may ask, by name. */
export async function hostsOf(db: Knex, projectId: string): Promise<HostView[]> {
  const { rows } = await db.raw<{ rows: HostRow[] }>(
    `select h.host, h.added_at as "addedAt",
       json_build_object('id', u.id, 'name', u.name, 'hue', u.hue) as "addedBy"
     from egress_hosts h join users u on u.id = h.added_by
     where h.project_id = ? order by h.host`,
    [projectId],
  )
  return rows.map(({ addedAt, ...row }) => ({ ...row, addedAt: addedAt.toISOString() }))
}

type DeliveryRow = Omit<DeliveryView, 'createdAt' | 'tryAt'> & {
  readonly createdAt: Date
  readonly tryAt: Date | null
}

/** What flows of a project send to servers outside, the newest first. */
export async function deliveriesOf(
  db: Knex,
  projectId: string,
  asked: DeliveriesAsked,
): Promise<Page<DeliveryView>> {
  const status = asked.status ?? null
  const list = {
    sql: `select d.id, d.flow_id as "flowId", f.name as "flowName", d.run_id as "runId", d.url,
        d.status, d.tries, d.answer, d.created_at as "createdAt", d.try_at as "tryAt"
      from webhook_deliveries d join flows f on f.id = d.flow_id
      where d.project_id = ? and (?::text is null or d.status = ?)`,
    bindings: [projectId, status, status],
    key: [
      ['createdAt', 'timestamptz'],
      ['id', 'uuid'],
    ],
    direction: 'desc',
  } as const
  return await readPage(db, list, asked, (row: DeliveryRow) => ({
    id: row.id,
    flowId: row.flowId,
    flowName: row.flowName,
    runId: row.runId,
    url: row.url,
    status: row.status,
    tries: row.tries,
    answer: row.answer,
    createdAt: row.createdAt.toISOString(),
    tryAt: row.tryAt?.toISOString() ?? null,
  }))
}

/** The flows of a project that messages from outside start, by name. */
export async function hookFlowsOf(
  db: Knex,
  projectId: string,
): Promise<Omit<HookFlow, 'address'>[]> {
  const { rows } = await db.raw<{ rows: Omit<HookFlow, 'address'>[] }>(
    `select f.id as "flowId", f.name as "flowName", f.active
     from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
     where f.project_id = ? and f.deleted_at is null and v.definition -> 'trigger' ->> 'type' = 'webhook'
     order by lower(f.name), f.id`,
    [projectId],
  )
  return rows
}

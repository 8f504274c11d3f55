import type { Knex } from 'knex'

/** A flow that starts at times. */
export interface ScheduledFlow {
  readonly flowId: string
  readonly workspaceId: string
  readonly name: string
  readonly version: number
  readonly cron: string
  readonly timeZone: string
}

/** All that are in action. */
export async function scheduledFlows(trx: Knex.Transaction): Promise<ScheduledFlow[]> {
  const { rows } = await trx.raw<{ rows: ScheduledFlow[] }>(
    `select f.id as "flowId", f.workspace_id as "workspaceId", f.name, v.version,
       v.definition -> 'trigger' -> 'with' ->> 'cron' as cron,
       v.definition -> 'trigger' -> 'with' ->> 'timeZone' as "timeZone"
     from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
     where f.active and v.definition -> 'trigger' ->> 'type' = 'schedule'`,
  )
  return rows
}

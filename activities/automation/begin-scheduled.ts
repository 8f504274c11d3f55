import type { Knex } from 'knex'
import { writeAs } from '#core/platform/acting-as.ts'
import { beginRun, type Listener } from './begin-run.ts'
import type { ActTools } from './tools.ts'

export interface Scheduled {
  readonly workspaceId: string
  readonly flowId: string
  /** The moment it was due at, ISO 8601. */
  readonly at: string
}

/**
 * Begins the run a schedule is due for, once for each moment. As long as one of the flow is under
 * way, there is no other: it is left out.
 */
export async function beginScheduled(
  { database, startRun }: Pick<ActTools, 'database' | 'startRun'>,
  { workspaceId, flowId, at }: Scheduled,
): Promise<void> {
  await writeAs(database, { workspaceId }, async (trx) => {
    const listener = await read(trx, flowId)
    const running = { flow_id: flowId, status: 'running', kind: 'live' }
    const cause = `schedule/${at}`
    const other = await trx('flow_runs').where(running).whereNot({ cause }).first('id')
    if (!listener || other) return
    const trigger = { type: 'schedule', at, actorId: null }
    await beginRun(trx, startRun, { workspaceId, listener, cause, trigger, card: null, by: null })
  })
}

async function read(trx: Knex.Transaction, flowId: string): Promise<Listener | undefined> {
  const { rows } = await trx.raw<{ rows: Listener[] }>(
    `select f.id as flow_id, f.project_id, v.version, v.hash, v.definition, f.actor_id
     from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
     where f.id = ? and f.active and v.definition -> 'trigger' ->> 'type' = 'schedule'`,
    [flowId],
  )
  return rows[0]
}

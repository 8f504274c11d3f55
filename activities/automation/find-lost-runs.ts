import type { Knex } from 'knex'
import type { RunEnd, RunInput, Settled } from '#core/contracts/flows/run.ts'
import { DELETED_KEPT_DAYS } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { ActTools } from './tools.ts'

const ROWS_MAX = 20

/** What the engine says of the workflow of a run. */
type RunState = 'as it should be' | 'terminated' | 'timed out' | 'gone'

export type LostRunTools = Pick<ActTools, 'database' | 'settle' | 'startRun'> & {
  readonly stateOf: (flowId: string, cause: string) => Promise<RunState>
  /** Ends a run where it stands. */
  readonly endRun: (flowId: string, cause: string, reason: string) => Promise<void>
}

interface Row {
  readonly workspaceId: string
  readonly runId: string
  readonly flowId: string
  readonly flowName: string
  readonly version: number
  readonly cause: string
  readonly chain: string[]
  readonly cardId: string | null
  readonly input: Pick<RunInput, 'trigger' | 'card' | 'chain' | 'personId'> | null
  readonly hash: string
  readonly actorId: string
  /** Nobody can bring its workspace back any more. */
  readonly isOfNobody: boolean
}

const OF_NOBODY = 'Its workspace was deleted.'

/**
 * Looks for runs that are no longer what their rows say: an operator has terminated them, or a power
 * cut has taken them from the engine, and then they begin again by their keys, as whom they began: what
 * is done is known by its actor too. Those of a workspace that nobody can bring back any more are
 * ended. Each is looked at once a minute at most; answers how many were found.
 */
export async function findLostRuns(tools: LostRunTools): Promise<number> {
  let found = 0
  for (const row of await oldest(tools.database)) {
    if (row.isOfNobody) {
      await tools.endRun(row.flowId, row.cause, OF_NOBODY)
      await tools.settle({ run: row, end: { status: 'cancelled', reason: OF_NOBODY } })
      found += 1
      continue
    }
    const state = await tools.stateOf(row.flowId, row.cause)
    if (state === 'as it should be') continue
    found += 1
    if (state === 'gone' && row.input) await startAgain(tools, row, row.input)
    else await tools.settle({ run: row satisfies Settled['run'], end: ENDS[state] })
  }
  return found
}

const failed = (message: string): RunEnd => ({
  status: 'failed',
  error: { code: 'flow.lost', message, step: '' },
})

const ENDS: Readonly<Record<Exclude<RunState, 'as it should be'>, RunEnd>> = {
  terminated: {
    status: 'cancelled',
    reason: 'Somebody has ended it at once; nothing was taken back.',
  },
  'timed out': failed('The engine has ended it, as it took too long.'),
  gone: failed('The engine does not know it any more.'),
}

async function startAgain(
  { startRun }: LostRunTools,
  row: Row,
  { trigger, card, chain, personId }: NonNullable<Row['input']>,
): Promise<void> {
  const { runId, flowId, version, cause, hash, workspaceId, actorId, flowName } = row
  const caused = personId === undefined ? {} : { personId }
  const about = { trigger, ...(card && { card }), chain, ...caused }
  await startRun({ runId, flowId, version, cause, hash, workspaceId, actorId, ...about }, flowName)
}

async function oldest(database: Knex): Promise<Row[]> {
  const { rows } = await writeAs(database, THE_HOUSE, (trx) =>
    trx.raw<{ rows: Row[] }>(
      `update flow_runs r set looked_at = now()
       from flows f, flow_versions v, workspaces w
       where w.id = r.workspace_id and f.id = r.flow_id and v.flow_id = r.flow_id and v.version = r.version and r.id in (
         select id from flow_runs
         where status = 'running' and kind = 'live' and looked_at < now() - interval '1 minute'
         order by looked_at limit ? for update skip locked)
       returning r.workspace_id as "workspaceId", r.id as "runId", r.flow_id as "flowId",
         f.name as "flowName", r.version, r.cause, r.chain, r.card_id as "cardId", r.input,
         encode(v.hash, 'hex') as hash, coalesce(r.actor_id, f.actor_id) as "actorId",
         coalesce(w.deleted_at < now() - interval '1 day' * ?, false) as "isOfNobody"`,
      [ROWS_MAX, DELETED_KEPT_DAYS],
    ),
  )
  return rows
}

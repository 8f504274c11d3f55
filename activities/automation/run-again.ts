import type { Knex } from 'knex'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunInput, RunState, UnsignedStart } from '#core/contracts/flows/run.ts'
import { failedKey, rewound } from '#core/flows/rewound.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { isFull } from './begin-run.ts'

interface Again {
  readonly runId: string
  /** The key of the step it goes on from; `failed` for the one it failed at, null for the beginning. */
  readonly from: string | null
  /** Whether it follows what is published now, and not what it followed before. */
  readonly isNewest: boolean
}

interface Row {
  readonly workspaceId: string
  readonly projectId: string
  readonly flowId: string
  readonly actorId: string
  readonly cardId: string | null
  readonly status: string
  readonly kind: string
  readonly input: Pick<RunInput, 'trigger' | 'card' | 'chain' | 'personId'> | null
  readonly state: RunState | null
  readonly version: number
  readonly hash: Buffer
  readonly definition: Flow
}

/** Starts the workflow of a run, from a state it goes on from if there is one. */
type Begin = (start: UnsignedStart, flowName: string, state?: RunState) => Promise<unknown>

/**
 * Begins a run that is over again, as a new one; answers its id. What was done before the step it
 * goes on from is not done again; what was taken back stays taken back. Refuses with
 * `run.not_found`, `run.not_over`, `run.throttled`, and `run.step_not_found` when it never came to that step, or the
 * flow has it no more.
 */
export async function runAgain(
  trx: Knex.Transaction,
  { runId, from, isNewest }: Again,
  begin: Begin,
): Promise<string> {
  const row = await read(trx, runId, isNewest)
  if (!row?.input || row.kind !== 'live')
    throw new Refusal('run.not_found', 'There is no such run.')
  if (row.status === 'running') {
    throw new Refusal('run.not_over', 'The run is under way. Cancel it first, or let it end.')
  }
  const state = from === null ? undefined : stateFrom(row, from)
  const id = newId()
  const { workspaceId, projectId, flowId, version, definition, actorId, cardId } = row
  const cause = `again/${id}`
  if (await isFull(trx, { flow_id: flowId, definition }, id)) {
    throw new Refusal('run.throttled', 'The flow has had as many runs in the last hour as it may.')
  }
  const home = { workspace_id: workspaceId, project_id: projectId, flow_id: flowId }
  const input = JSON.stringify(row.input)
  const about = { cause, card_id: cardId, input, actor_id: actorId, again_of: runId }
  const run = { ...home, id, version, ...about }
  await trx('flow_runs').insert({ ...run, chain: [...row.input.chain] })
  const { trigger, card, chain, personId } = row.input
  const caused = personId === undefined ? {} : { personId }
  const given = { trigger, ...(card && { card }), chain, ...caused }
  const hash = row.hash.toString('hex')
  const start = { runId: id, flowId, version, cause, hash, workspaceId, actorId, ...given }
  await begin(start, definition.name, state)
  return id
}

/** Acts that are done again bear the number of the time behind the key of their step. */
const WHICH_TIME = /[#+][\d#+]+$/

function stateFrom({ state, definition }: Row, from: string): RunState {
  const key = state && (from === 'failed' ? failedKey(state) : from.replace(WHICH_TIME, ''))
  const before = state && key ? rewound(definition, state, key, Date.now()) : null
  if (before) return before
  throw new Refusal('run.step_not_found', 'The run cannot go on from that step. Begin it anew.')
}

async function read(
  trx: Knex.Transaction,
  runId: string,
  isNewest: boolean,
): Promise<Row | undefined> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select r.workspace_id as "workspaceId", r.project_id as "projectId", r.flow_id as "flowId",
       f.actor_id as "actorId", r.card_id as "cardId", r.status, r.kind, r.input, r.state,
       v.version, v.hash, v.definition
     from flow_runs r join flows f on f.id = r.flow_id
     join flow_versions v on v.flow_id = f.id
       and v.version = case when ? then f.published else r.version end
     where r.id = ? and f.deleted_at is null`,
    [isNewest, runId],
  )
  return rows[0]
}

import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { LINES_PER_SEAL_MAX } from '#activities/audit/queries.ts'
import { beginRun, type EarlierRun, type Listener } from './begin-run.ts'
import { matches } from './matches.ts'
import type { ActTools } from './tools.ts'

interface Hearing extends Listener {
  readonly workspaceId: string
  /** The last seal it has heard of; null when it has heard of none since it is in action. */
  readonly heard: number | null
  readonly since: Date
}

interface Line {
  readonly id: string
  readonly seal: number
  readonly at: Date
  readonly actorId: string | null
  readonly action: string
  readonly decision: string
  readonly targetId: string
  readonly isBots: boolean
  /** The run that did it, if one did. */
  readonly run: EarlierRun | null
}

/**
 * Starts the flows that wait for what the audit notes, once for each line; answers how many runs. A
 * line is heard of when it is sealed: then none can come before it any more.
 */
export async function startAudited({
  database,
  startRun,
}: Pick<ActTools, 'database' | 'startRun'>): Promise<number> {
  const hearing = await writeAs(database, THE_HOUSE, (trx) => trx.raw<{ rows: Hearing[] }>(HEARING))
  let started = 0
  for (const flow of hearing.rows) {
    started += await writeAs(database, THE_HOUSE, (trx) => hear(trx, flow, startRun))
  }
  return started
}

const HEARING = `
  select f.workspace_id as "workspaceId", f.id as flow_id, f.project_id, v.version, v.hash,
    v.definition, f.actor_id, f.listens_since as since, f.heard_seal as heard
  from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
  join workspaces w on w.id = f.workspace_id and w.deleted_at is null
  where f.active and v.definition -> 'trigger' ->> 'type' = 'audit.event'
  order by f.id`

async function hear(
  trx: Knex.Transaction,
  flow: Hearing,
  startRun: ActTools['startRun'],
): Promise<number> {
  const heard = flow.heard ?? (await lastBefore(trx, flow.since))
  const newest = Number((await trx('audit_seals').max({ last: 'number' }))[0]?.['last'] ?? 0)
  if (newest <= heard) return 0
  const lines = await linesOf(trx, flow, heard)
  let started = 0
  for (const line of lines) if (await begin(trx, flow, line, startRun)) started += 1
  await trx('flows')
    .where({ id: flow.flow_id })
    .update({ heard_seal: lastWhole(lines) ?? newest })
  return started
}

/** Where lines are left, the last seal that was read whole: none has more than are read at once. */
function lastWhole(lines: readonly Line[]): number | null {
  if (lines.length < LINES_PER_SEAL_MAX) return null
  const last = lines.at(-1)!.seal
  return lines[0]!.seal === last ? last : last - 1
}

async function lastBefore(trx: Knex.Transaction, since: Date): Promise<number> {
  const seal = await trx('audit_seals')
    .where('sealed_at', '<', since)
    .orderBy('number', 'desc')
    .first<{ number: number } | undefined>('number')
  return seal?.number ?? 0
}

/** Of what is about the flow's own project, or about the workspace and its people. */
async function linesOf(trx: Knex.Transaction, flow: Hearing, heard: number): Promise<Line[]> {
  const { workspaceId, project_id, since, definition } = flow
  const actions = (definition.trigger.with['actions'] as string[] | undefined) ?? null
  const { rows } = await trx.raw<{ rows: Line[] }>(LINES, {
    workspace: workspaceId,
    project: project_id,
    heard,
    since,
    actions,
    limit: LINES_PER_SEAL_MAX,
  })
  return rows
}

/** What a bot does bears the id of its run as the request's. */
const LINES = `
  select a.id, l.seal, a.created_at as at, a.actor_id as "actorId", a.action, a.decision,
    a.target_id as "targetId", coalesce(u.kind = 'bot', false) as "isBots",
    case when r.id is not null then json_build_object('id', r.id, 'flowId', r.flow_id,
      'chain', r.chain, 'personId', coalesce(r.input ->> 'personId', r.input -> 'trigger' ->> 'actorId'))
    end as run
  from audit_leaves l
  join audit_log a on a.id = l.line_id
  left join users u on u.id = a.actor_id
  left join flow_runs r on u.kind = 'bot' and r.id::text = a.request_id
  where l.seal > :heard and l.workspace_id = :workspace and a.created_at > :since
    and (:actions::text[] is null or a.action = any (:actions))
    and (a.target_kind in ('workspace', 'user', 'role')
      or app.project_of(a.target_kind, a.target_id) = :project
      or a.target_kind = 'flow' and exists (
        select from flows x where x.id = a.target_id and x.project_id = :project))
  order by l.seal, l.place limit :limit`

/** Whether a run has begun: no flow starts on what its own bot did, nor on what nobody knows the run of. */
async function begin(
  trx: Knex.Transaction,
  { workspaceId, ...listener }: Hearing,
  { id, at, actorId, action, decision, targetId, isBots, run }: Line,
  startRun: ActTools['startRun'],
): Promise<boolean> {
  if (isBots && (!run || actorId === listener.actor_id)) return false
  const given = { action, decision, targetId }
  const trigger = { type: 'audit.event', at: at.toISOString(), actorId, ...given }
  if (!matches(listener.definition, trigger, {}, isBots)) return false
  const cause = `audit/${id}`
  await beginRun(trx, startRun, { workspaceId, listener, cause, trigger, card: null, by: run })
  return true
}

import type { Knex } from 'knex'
import type { RunNotes, StepReport } from '#core/contracts/flows/run.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { asJsonb } from './as-jsonb.ts'
import { stepEvent } from './tell-run.ts'
import type { ActTools } from './tools.ts'

/** A step as it is written down. */
export interface StepLine {
  readonly key: string
  readonly stepId: string
  readonly type: string
  readonly label: string
  readonly status: 'running' | 'done' | 'failed' | 'taken back'
  readonly input?: unknown
  readonly output?: unknown
  readonly error?: unknown
  readonly attempts?: number
  /** What it cost beside time; absent where nothing new is known of that. */
  readonly cards?: number
  readonly bytesSent?: number
  readonly bytesReceived?: number
  /** Of one that was only tried. */
  readonly how?: string
  readonly startedMs: number
  readonly endedMs: number | null
}

type Run = Pick<RunNotes, 'workspaceId' | 'runId' | 'flowId'>

/** Writes down what happened in a run, and tells it to who looks on; told again, it is the same. */
export async function recordSteps(
  { database, tellJob }: Pick<ActTools, 'database' | 'tellJob'>,
  run: Run,
  lines: readonly StepLine[],
): Promise<void> {
  if (lines.length === 0) return
  const { workspaceId } = run
  await writeAs(database, { workspaceId }, (trx) => putSteps(trx, run, lines))
  for (const line of lines) tellJob(run.runId, stepEvent(line))
}

export async function putSteps(
  trx: Knex.Transaction,
  run: Run,
  lines: readonly StepLine[],
): Promise<void> {
  // A statement may not touch a row twice: of several lines about a step the last one tells.
  const last = new Map<string, StepLine>()
  for (const line of lines) {
    const before = last.get(line.key)
    last.set(line.key, before ? { ...line, startedMs: before.startedMs } : line)
  }
  const steps = [...last.values()]
  const { runId, flowId } = run
  await trx.raw(PUT, { runId, flowId, rows: asJsonb(steps) })
  const answered = steps.filter(({ type, status }) => type === 'approval' && status !== 'running')
  if (answered.length > 0) await trx.raw(ANSWERED, { runId, rows: asJsonb(answered) })
}

/** Lines of the interpreter as rows: acts write their own when they are done. */
export const lineOf = ({ status, atMs, output, error, ...step }: StepReport): StepLine => ({
  ...step,
  status: status === 'started' ? 'running' : status,
  output,
  error,
  startedMs: atMs,
  endedMs: status === 'started' ? null : atMs,
})

const PUT = `
  insert into flow_steps (run_id, key, workspace_id, project_id, flow_id, step_id, type, label, status,
    input, output, error, attempts, how, cards, bytes_sent, bytes_received, started_at, ended_at)
  select :runId::uuid, l.key, f.workspace_id, f.project_id, f.id, l."stepId", l.type, l.label, l.status,
    l.input, l.output, l.error, coalesce(l.attempts, 1), l.how,
    l.cards, l."bytesSent", l."bytesReceived",
    to_timestamp(l."startedMs" / 1000.0), to_timestamp(l."endedMs" / 1000.0)
  from flows f, jsonb_to_recordset(:rows::jsonb) as l (key text, "stepId" text, type text, label text,
    status text, input jsonb, output jsonb, error jsonb, attempts int,
    how text, cards int, "bytesSent" int, "bytesReceived" int, "startedMs" float8, "endedMs" float8)
  where f.id = :flowId
  on conflict (run_id, key) do update
  set status = excluded.status, input = coalesce(excluded.input, flow_steps.input),
    output = coalesce(excluded.output, flow_steps.output),
    error = case when excluded.status in ('failed', 'running') then excluded.error end,
    attempts = greatest(excluded.attempts, flow_steps.attempts),
    cards = coalesce(excluded.cards, flow_steps.cards),
    bytes_sent = coalesce(excluded.bytes_sent, flow_steps.bytes_sent),
    bytes_received = coalesce(excluded.bytes_received, flow_steps.bytes_received),
    started_at = least(flow_steps.started_at, excluded.started_at), ended_at = excluded.ended_at
  where excluded.ended_at is not null or flow_steps.ended_at is null`

/** What was asked is answered when its step is over. */
const ANSWERED = `
  update flow_approvals a
  set status = case when l.status = 'failed' or (l.output ->> 'timedOut')::bool then 'over'
      when (l.output ->> 'approved')::bool then 'approved' else 'rejected' end,
    answered_by = array(select jsonb_array_elements_text(coalesce(l.output -> 'by', '[]'))::uuid),
    ended_at = to_timestamp(l."endedMs" / 1000.0)
  from jsonb_to_recordset(:rows::jsonb) as l (key text, status text, output jsonb, "endedMs" float8)
  where a.run_id = :runId and a.key = l.key and a.status = 'open'`

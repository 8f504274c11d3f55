import type { Knex } from 'knex'
import type { RunHead, RunsAsked } from '#core/contracts/flows/views.ts'
import { readPage, type Page } from '#core/platform/page.ts'

interface Row extends Omit<RunHead, 'card' | 'startedAt' | 'endedAt'> {
  readonly cardId: string | null
  readonly boardId: string | null
  readonly title: string | null
  readonly startedAt: Date
  readonly endedAt: Date | null
}

const RUNS = `
  select r.id, r.project_id as "projectId", r.flow_id as "flowId", f.name as "flowName", r.version,
    c.id as "cardId", c.board_id as "boardId", c.title, r.status, r.error,
    r.started_at as "startedAt", r.ended_at as "endedAt"
  from flow_runs r join flows f on f.id = r.flow_id left join cards c on c.id = r.card_id`

const show = ({ cardId, boardId, title, startedAt, endedAt, ...run }: Row): RunHead => ({
  id: run.id,
  projectId: run.projectId,
  flowId: run.flowId,
  flowName: run.flowName,
  version: run.version,
  card: cardId && boardId ? { id: cardId, boardId, title: title ?? '' } : null,
  status: run.status,
  error: run.error,
  startedAt: startedAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
})

/** The runs of a project, the newest first; what is not asked for is not looked at. */
export async function runsOf(
  database: Knex,
  projectId: string,
  asked: RunsAsked,
): Promise<Page<RunHead>> {
  const [flowId, cardId, status] = [
    asked.flowId ?? null,
    asked.cardId ?? null,
    asked.status ?? null,
  ]
  const list = {
    sql: `select * from (${RUNS} where r.project_id = ? and r.kind = 'live'
        and (?::uuid is null or r.flow_id = ?) and (?::uuid is null or r.card_id = ?)) found
      where (?::text is null or found.status = ?)`,
    bindings: [projectId, flowId, flowId, cardId, cardId, status, status],
    key: [
      ['startedAt', 'timestamptz'],
      ['id', 'uuid'],
    ],
    direction: 'desc',
  } as const
  return await readPage(database, list, asked, show)
}

/** A run, and the name of what set it off, by which its workflow is found. */
export async function runOf(
  database: Knex,
  runId: string,
): Promise<RunHead & { readonly cause: string }> {
  const { rows } = await database.raw<{ rows: (Row & { cause: string })[] }>(
    `select found.*, r.cause from (${RUNS} where r.id = ?) found join flow_runs r on r.id = found.id`,
    [runId],
  )
  return { ...show(rows[0]!), cause: rows[0]!.cause }
}

/** Those of a flow that are under way. */
export async function runningOf(
  database: Knex,
  flowId: string,
): Promise<{ id: string; cause: string }[]> {
  return await database('flow_runs')
    .where({ flow_id: flowId, status: 'running' })
    .select('id', 'cause')
}

import type { Knex } from 'knex'
import type { CardRun, RunHead, RunsAsked } from '#core/contracts/flows/views.ts'
import { readPage, type Page } from '#core/platform/page.ts'

interface Row extends Omit<RunHead, 'card' | 'startedAt' | 'endedAt'> {
  readonly cardId: string | null
  readonly boardId: string | null
  readonly title: string | null
  readonly startedAt: Date
  readonly endedAt: Date | null
}

/** Of one that is under way: whether all it does is wait. */
const STATUS = `case when r.status = 'running' and exists (
    select from flow_steps s where s.run_id = r.id and s.status = 'running'
      and s.type in ('approval', 'wait', 'wait-until', 'wait-for-event'))
  then 'waiting' else r.status end`

const RUNS = `
  select r.id, r.project_id as "projectId", r.flow_id as "flowId", f.name as "flowName", r.version,
    c.id as "cardId", c.board_id as "boardId", c.title, ${STATUS} as status, r.error,
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

interface Cause {
  readonly type: string | null
  readonly actor: { readonly id: string; readonly name: string; readonly hue: number } | null
}

/** A run with what set it off, and the name of that, by which its workflow is found. */
export async function runOf(
  database: Knex,
  runId: string,
): Promise<{ run: RunHead; set: Cause; cause: string }> {
  const { rows } = await database.raw<{ rows: (Row & { cause: string; set: Cause })[] }>(
    `select found.*, r.cause, json_build_object(
       'type', r.input -> 'trigger' ->> 'type',
       'actor', case when u.id is not null
         then json_build_object('id', u.id, 'name', u.name, 'hue', u.hue) end) as set
     from (${RUNS} where r.id = ?) found join flow_runs r on r.id = found.id
     left join users u on u.id::text = r.input -> 'trigger' ->> 'actorId'`,
    [runId],
  )
  const { cause, set, ...row } = rows[0]!
  return { run: show(row), set, cause }
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

/** The newest run of each card of a board, as long as it is under way or has failed within a day. */
export async function runsOnBoard(
  database: Knex,
  boardId: string,
  userId: string,
): Promise<CardRun[]> {
  const { rows } = await database.raw<{ rows: CardRun[] }>(
    `select * from (
       select distinct on (r.card_id) r.card_id as "cardId", r.id as "runId", ${STATUS} as status,
         r.status = 'running' and exists (select from flow_approvals a
           where a.run_id = r.id and a.status = 'open' and a.approvers @> array[:userId::uuid])
           as "isAsked"
       from flow_runs r join cards c on c.id = r.card_id
       where c.board_id = :boardId and r.kind = 'live' and c.archived_at is null and c.deleted_at is null
         and (r.status = 'running' or r.ended_at > now() - interval '1 day')
       order by r.card_id, r.status = 'running' desc, r.started_at desc
     ) newest where status in ('running', 'waiting', 'failed')`,
    { boardId, userId },
  )
  return rows
}

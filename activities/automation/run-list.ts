import type { Knex } from 'knex'
import type { CardRun, RunHead, RunsAsked, RunView } from '#core/contracts/flows/views.ts'
import { readPage, type Page } from '#core/platform/page.ts'

interface Row extends Omit<RunHead, 'card' | 'startedAt' | 'endedAt'> {
  readonly cardId: string | null
  readonly boardId: string | null
  readonly title: string | null
  readonly startedAt: Date
  readonly endedAt: Date | null
}

const running = (...types: string[]) => `exists (
    select from flow_steps s where s.run_id = r.id and s.status = 'running'
      and s.type in (${types.map((type) => `'${type}'`).join()}))`

const WAITS = running('approval', 'wait', 'wait-until', 'wait-for-event')

/** Of one that is under way: whether all it does is wait. */
const STATUS = `case when r.status = 'running' and ${WAITS} then 'waiting' else r.status end`

/** Under way, and no step has begun or ended for a while. Who waits for a flow it has called is not. */
const STUCK = `case when r.status = 'running'
    and r.started_at < now() - interval '10 minutes'
    and not ${WAITS} and not ${running('flow.call')}
  then not exists (select from flow_steps s where s.run_id = r.id
    and greatest(s.started_at, s.ended_at) > now() - interval '10 minutes')
  else false end`

const RUNS = `
  select r.id, r.project_id as "projectId", r.flow_id as "flowId", f.name as "flowName", r.version,
    c.id as "cardId", c.board_id as "boardId", c.title, ${STATUS} as status, ${STUCK} as "isStuck",
    r.error, r.started_at as "startedAt", r.ended_at as "endedAt"
  from flow_runs r join flows f on f.id = r.flow_id left join cards c on c.id = r.card_id`

const show = ({ cardId, boardId, title, startedAt, endedAt, ...run }: Row): RunHead => ({
  id: run.id,
  projectId: run.projectId,
  flowId: run.flowId,
  flowName: run.flowName,
  version: run.version,
  card: cardId && boardId ? { id: cardId, boardId, title: title ?? '' } : null,
  status: run.status,
  isStuck: run.isStuck,
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
  const given = (name: 'flowId' | 'cardId' | 'status' | 'from' | 'to') => asked[name] ?? null
  const [flowId, cardId, status] = [given('flowId'), given('cardId'), given('status')]
  const list = {
    sql: `select * from (${RUNS} where r.project_id = ? and r.kind = 'live'
        and (?::uuid is null or r.flow_id = ?) and (?::uuid is null or r.card_id = ?)
        and r.started_at >= coalesce(?::timestamptz, '-infinity')
        and r.started_at < coalesce(?::timestamptz, 'infinity')) found
      where case ?::text when 'stuck' then found."isStuck"
        when 'loop' then found.error ->> 'code' = 'flow.chain_limit'
        else coalesce(found.status = ?, true) end`,
    bindings: [
      projectId,
      flowId,
      flowId,
      cardId,
      cardId,
      given('from'),
      given('to'),
      status,
      status,
    ],
    key: [
      ['startedAt', 'timestamptz'],
      ['id', 'uuid'],
    ],
    direction: 'desc',
  } as const
  return await readPage(database, list, asked, show)
}

type Told = Pick<RunView, 'cause' | 'again'>

/** A run with what set it off, and the name of that, by which its workflow is found. */
export async function runOf(
  database: Knex,
  runId: string,
): Promise<{ run: RunHead; told: Told; cause: string }> {
  const { rows } = await database.raw<{ rows: (Row & { named: string } & Told)[] }>(
    `select found.*, r.cause as named,
       json_build_object('fromSteps', r.state is not null, 'newest', f.published) as again,
       json_build_object(
         'type', r.input -> 'trigger' ->> 'type',
         'actor', case when u.id is not null
           then json_build_object('id', u.id, 'name', u.name, 'hue', u.hue) end,
         'given', coalesce(r.input -> 'trigger', '{}') - '{type,at,actorId}'::text[],
         'chain', ${CHAIN}, 'run', ${EARLIER}) as cause
     from (${RUNS} where r.id = ?) found join flow_runs r on r.id = found.id
     join flows f on f.id = r.flow_id
     left join users u on u.id::text = r.input -> 'trigger' ->> 'actorId'`,
    [runId],
  )
  const { named, cause, again, ...row } = rows[0]!
  return { run: show(row), told: { cause, again }, cause: named }
}

const CHAIN = `(
  select coalesce(json_agg(json_build_object('flowId', p.id, 'flowName', p.name) order by l.at), '[]')
  from unnest(r.chain) with ordinality as l (id, at) join flows p on p.id = l.id)`

/** The run that it begins again, or whose deed, end or call set it off; only one still there. */
const EARLIER = `(
  select json_build_object('id', e.id, 'isAgain', e.id is not distinct from r.again_of)
  from flow_runs e where e.workspace_id = r.workspace_id and e.id in (r.again_of, r.caused_by)
  limit 1)`

/** Where those of the runs are that the project has. */
export async function runsNamed(
  database: Knex,
  projectId: string,
  runIds: readonly string[],
): Promise<{ id: string; flowId: string; cause: string }[]> {
  return await database('flow_runs')
    .where({ project_id: projectId, kind: 'live' })
    .whereIn('id', [...runIds])
    .select('id', 'flow_id as flowId', 'cause')
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

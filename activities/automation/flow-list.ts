import type { Knex } from 'knex'
import type { FlowHead, FlowVersionView, FlowView } from '#core/contracts/flows/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

const LAST_RUNS = 5

type HeadRow = Omit<FlowHead, 'lastRuns'> & {
  readonly lastRuns: readonly { id: string; status: string; at: string }[] | null
}

/** The flows of a project, by name, with how their newest runs went. */
export async function flowsOf(database: Knex, projectId: string): Promise<FlowHead[]> {
  const { rows } = await database.raw<{ rows: HeadRow[] }>(
    `select f.id, f.project_id as "projectId", f.board_id as "boardId", ${NAME} as name,
       f.draft -> 'trigger' ->> 'type' as trigger,
       case jsonb_typeof(f.draft -> 'steps') when 'array' then jsonb_array_length(f.draft -> 'steps')
         else 0 end as steps,
       f.published, f.active, f.paused_because as "pausedBecause", r.last as "lastRuns",
       (select count(*)::int from flow_runs where flow_id = f.id and status = 'running') as running
     from flows f
     left join lateral (
       select json_agg(json_build_object('id', id, 'status', status, 'at', started_at)
         order by started_at desc) as last
       from (select * from flow_runs where flow_id = f.id and kind = 'live'
         order by started_at desc limit ?) newest
     ) r on true
     where f.project_id = ? and f.deleted_at is null order by lower(${NAME}), f.id`,
    [LAST_RUNS, projectId],
  )
  return rows.map(({ lastRuns, ...row }) => ({
    ...row,
    lastRuns: (lastRuns ?? []).map(({ id, status, at }) => ({
      id,
      status: status as FlowHead['lastRuns'][number]['status'],
      startedAt: new Date(at).toISOString(),
    })),
  }))
}

/** As the draft calls it, as long as that is a name. */
const NAME = `coalesce(nullif(trim(f.draft ->> 'name'), ''), f.name)`

/** Who has changed what since it was published. */
const AUTHORS = `coalesce((
  select jsonb_object_agg(part.key, (
    select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'hue', u.hue) order by u.name)
    from users u where jsonb_exists(part.value, u.id::text)))
  from jsonb_each(f.draft_authors) part), '{}')`

/** A flow with its draft and what is published of it. */
export async function flowOf(database: Knex, flowId: string): Promise<FlowView> {
  const { rows } = await database.raw<{ rows: FlowView[] }>(
    `select f.id, f.project_id as "projectId", f.board_id as "boardId", ${NAME} as name,
       f.published, f.active, f.paused_because as "pausedBecause", f.draft,
       f.draft_version as "draftVersion", v.definition, ${AUTHORS} as authors
     from flows f left join flow_versions v on v.flow_id = f.id and v.version = f.published
     where f.id = ?`,
    [flowId],
  )
  return rows[0]!
}

type VersionRow = Omit<FlowVersionView, 'publishedBy' | 'publishedAt'> & {
  readonly userId: string
  readonly name: string
  readonly hue: number
  readonly publishedAt: Date
}

/** What was published of a flow, the newest first. */
export async function flowVersionsOf(
  database: Knex,
  flowId: string,
  asked: PageAsked,
): Promise<Page<FlowVersionView>> {
  const list = {
    sql: `select v.version, v.message, v.published_at as "publishedAt", u.id as "userId", u.name, u.hue
      from flow_versions v join users u on u.id = v.published_by where v.flow_id = ?`,
    bindings: [flowId],
    key: [['version', 'int']],
    direction: 'desc',
  } as const
  return await readPage(database, list, asked, (row: VersionRow) => ({
    version: row.version,
    message: row.message,
    publishedBy: { id: row.userId, name: row.name, hue: row.hue },
    publishedAt: row.publishedAt.toISOString(),
  }))
}

/** What was published as a version; undefined when there is none of this number. */
export async function definitionOf(
  database: Knex,
  flowId: string,
  version: number,
): Promise<Record<string, unknown> | undefined> {
  const row = await database('flow_versions')
    .where({ flow_id: flowId, version })
    .first<{ definition: Record<string, unknown> } | undefined>('definition')
  return row?.definition
}

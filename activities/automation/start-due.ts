import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { beginRun, type Listener } from './begin-run.ts'
import { cardFacesOf } from './card-face-of.ts'
import { matches } from './matches.ts'
import type { ActTools } from './tools.ts'

const ROWS_MAX = 200

interface Due extends Listener {
  readonly workspaceId: string
  readonly cardId: string
  readonly type: string
  readonly dueOn: string
}

/**
 * Cards that are due soon, or were due yesterday, and flows that wait for that and have not had
 * them yet. A day ends as it does in UTC. What was overdue when the flow was published stays so.
 */
const DUE = `
  select f.workspace_id as "workspaceId", f.id as flow_id, f.project_id, v.version, v.hash,
    v.definition, f.actor_id, c.id as "cardId", t.type, c.due_on::text as "dueOn"
  from flows f
  join flow_versions v on v.flow_id = f.id and v.version = f.published
  cross join lateral (select v.definition -> 'trigger' ->> 'type' as type,
    coalesce((v.definition -> 'trigger' -> 'with' ->> 'days')::int, 1) as days) t
  join cards c on c.project_id = f.project_id and (f.board_id is null or c.board_id = f.board_id)
    and c.archived_at is null and c.deleted_at is null
  where f.active and (f.id, c.id) > (:flow::uuid, :card::uuid)
    and case t.type
      when 'card.overdue' then c.due_on < (now() at time zone 'UTC')::date
        and c.due_on >= (v.published_at at time zone 'UTC')::date
      when 'card.due_soon' then c.due_on >= (now() at time zone 'UTC')::date
        and c.due_on <= (now() at time zone 'UTC')::date + t.days
      else false
    end
    and not exists (select from flow_runs r where r.flow_id = f.id
      and r.cause = t.type || '/' || c.id || '/' || c.due_on)
  order by f.id, c.id limit :limit`

const FIRST = '00000000-0000-0000-0000-000000000000'

/** Starts flows that wait for a day to come, once for each card and day; answers how many runs. */
export async function startDue({
  database,
  startRun,
}: Pick<ActTools, 'database' | 'startRun'>): Promise<number> {
  let [flow, card, started] = [FIRST, FIRST, 0]
  for (;;) {
    const due = await writeAs(database, THE_HOUSE, async (trx) => {
      const { rows } = await trx.raw<{ rows: Due[] }>(DUE, { flow, card, limit: ROWS_MAX })
      started += await begin(trx, rows, startRun)
      return rows
    })
    const last = due.at(-1)
    if (!last || due.length < ROWS_MAX) return started
    ;[flow, card] = [last.flow_id, last.cardId]
  }
}

async function begin(
  trx: Knex.Transaction,
  rows: readonly Due[],
  startRun: ActTools['startRun'],
): Promise<number> {
  const faces = await cardFacesOf(
    trx,
    rows.map(({ cardId }) => cardId),
  )
  let started = 0
  for (const { workspaceId, cardId, type, dueOn, ...listener } of rows) {
    const card = faces.get(cardId)!
    const trigger = { type, at: new Date().toISOString(), actorId: null }
    if (!matches(listener.definition, trigger, card, false)) continue
    const cause = `${type}/${cardId}/${dueOn}`
    await beginRun(trx, startRun, { workspaceId, listener, cause, trigger, card, by: null })
    started += 1
  }
  return started
}

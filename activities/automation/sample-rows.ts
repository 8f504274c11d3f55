import type { Knex } from 'knex'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import { cardFacesOf } from './card-face-of.ts'
import { causeOf, type BoardEventRow } from './occurrence.ts'

/** What happened on a board, as a flow would have been told of it. */
export interface PastEvent {
  readonly boardId: string
  readonly number: number
  readonly at: Date
  readonly actor: string
  readonly cause: RunCause
  readonly card: Output | null
  /** Whether a flow did it. */
  readonly byFlow: boolean
}

export interface Place {
  readonly projectId: string
  /** Null for all boards of the project. */
  readonly boardId: string | null
}

type EventRow = Omit<BoardEventRow, 'run'> & { readonly actor: string; readonly byFlow: boolean }

/** What events of boards call what triggers call otherwise. */
const EVENT_OF: Readonly<Record<string, string>> = {
  'card.changed': 'card.edited',
  'card.commented': 'comment.added',
  'card.attached': 'attachment.added',
  'card.checklist_finished': 'checklist.edited',
}
/** How far back one looks on a board, and how many of the right kind are looked at closely. */
const [EVENTS_BACK, EVENTS_MAX] = [1_000, 100]

const EVENT = `select e.seq, e.board_id as "boardId", e.type, e.card_id as "cardId",
    e.actor_id as "actorId", e.created_at as at, e.body -> 'card' as card, e.changes,
    u.name as actor, o.told -> 'undo' -> 'body' as before, o.told -> 'undo' ->> 'targetId' as target,
    exists (select from flow_runs r where r.id = (o.told ->> 'gesture')::uuid) as "byFlow"
  from found e join users u on u.id = e.actor_id
  cross join lateral (select app.outcome_of(e.board_id, e.actor_id, e.command_id) as told) o
  order by e.created_at desc, e.seq desc`

/** What has happened that a trigger of this type is told of, the newest first. */
export async function eventsToTry(
  database: Knex,
  { projectId, boardId }: Place,
  triggerType: string,
): Promise<PastEvent[]> {
  const { rows } = await database.raw<{ rows: EventRow[] }>(
    `with found as (
       select e.* from boards b cross join lateral (
         select * from board_events where board_id = b.id order by seq desc limit :back) e
       where b.project_id = :projectId and (:boardId::uuid is null or b.id = :boardId)
         and e.type = :type
       order by e.created_at desc limit :limit
     ) ${EVENT}`,
    {
      projectId,
      boardId,
      type: EVENT_OF[triggerType] ?? triggerType,
      back: EVENTS_BACK,
      limit: EVENTS_MAX,
    },
  )
  return rows.flatMap(pastEvent)
}

/** One event of a board of the project; null when there is none, or none that starts flows. */
export async function eventToTry(
  database: Knex,
  { projectId }: Place,
  { boardId, number }: { boardId: string; number: number },
): Promise<PastEvent | null> {
  const { rows } = await database.raw<{ rows: EventRow[] }>(
    `with found as (
       select e.* from board_events e join boards b on b.id = e.board_id
       where e.board_id = ? and e.seq = ? and b.project_id = ?
     ) ${EVENT}`,
    [boardId, number, projectId],
  )
  return rows.flatMap(pastEvent)[0] ?? null
}

function pastEvent({ actor, byFlow, ...row }: EventRow): PastEvent[] {
  const cause = causeOf({ ...row, run: null })
  const { boardId, seq, at, cardId } = row
  const card = cardId === null ? null : { ...row.card, id: cardId, boardId }
  return cause ? [{ boardId, number: Number(seq), at, actor, cause, card, byFlow }] : []
}

/** What set off a run. */
export interface PastRun {
  readonly runId: string
  readonly at: Date
  readonly actor: string | null
  readonly trigger: RunCause
  readonly card: Output | null
}

const RUN = `select r.id as "runId", r.started_at as at, r.input -> 'trigger' as trigger,
    nullif(r.input -> 'card', 'null') as card, u.name as actor
  from flow_runs r left join users u on u.id::text = r.input -> 'trigger' ->> 'actorId'
  where r.flow_id = ? and r.input is not null`

/** What set off the newest runs of a flow, as far as it was of this type. */
export async function runsToTry(
  database: Knex,
  flowId: string,
  type: string,
  limit: number,
): Promise<PastRun[]> {
  const { rows } = await database.raw<{ rows: PastRun[] }>(
    `${RUN} and r.kind = 'live' and r.input -> 'trigger' ->> 'type' = ?
     order by r.started_at desc limit ?`,
    [flowId, type, limit],
  )
  return rows
}

export async function runToTry(
  database: Knex,
  flowId: string,
  runId: string,
): Promise<PastRun | null> {
  const { rows } = await database.raw<{ rows: PastRun[] }>(`${RUN} and r.id = ?`, [flowId, runId])
  return rows[0] ?? null
}

/** The newest cards, as runs would be given them now. */
export async function cardsToTry(
  database: Knex,
  { projectId, boardId }: Place,
  limit: number,
): Promise<{ at: Date; card: Output }[]> {
  const { rows } = await database.raw<{ rows: { id: string; at: Date }[] }>(
    `select id, created_at as at from cards
     where project_id = :projectId and (:boardId::uuid is null or board_id = :boardId)
       and archived_at is null and deleted_at is null
     order by created_at desc, id limit :limit`,
    { projectId, boardId, limit },
  )
  const faces = await cardFacesOf(
    database,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ id, at }) => {
    const card = faces.get(id)
    return card ? [{ at, card }] : []
  })
}

import type { Knex } from 'knex'
import { z } from 'zod'
import { Id } from '#core/contracts/fields.ts'
import type { Output } from '#core/contracts/flows/run.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { beginRun, type Listener } from './begin-run.ts'
import { matches } from './matches.ts'
import { causeOf, type BoardEventRow } from './occurrence.ts'
import type { StartRun } from './tools.ts'

/** Tells a run what has happened to its card; one that is over is not told. */
type TellRun = (flowId: string, cause: string, event: Output) => Promise<void>

export interface Runs {
  readonly startRun: StartRun
  readonly tellRun: TellRun
}

const Told = z.strictObject({ boardId: Id, from: z.int(), to: z.int() })

/**
 * Tells what has happened on a board to runs that wait for it, then starts each flow that does.
 * Asked again, after a crash or by a retry, it starts nothing twice: a run's id, and its
 * workflow's, are made of flow and event.
 */
export function startFlows({ startRun, tellRun }: Runs): FollowUpHandler {
  return async (trx, { workspaceId, payload }) => {
    const told = Told.parse(payload)
    const listeners = await listenersOf(trx, workspaceId, told.boardId)
    for (const event of await eventsOf(trx, told)) {
      await tellWaiting(trx, event, tellRun)
      for (const listener of listeners) await begin(trx, workspaceId, listener, event, startRun)
    }
  }
}

/** Every run about the card whose flow has such a step, for only the run knows where it is. */
async function tellWaiting(
  trx: Knex.Transaction,
  event: BoardEventRow,
  tellRun: TellRun,
): Promise<void> {
  const happened = causeOf(event)
  if (!happened || event.cardId === null) return
  const { rows } = await trx.raw<{ rows: { flow_id: string; cause: string }[] }>(
    `select r.flow_id, r.cause from flow_runs r
     join flow_versions v on v.flow_id = r.flow_id and v.version = r.version
     where r.card_id = ? and r.status = 'running' and v.definition::text like '%wait-for-event%'`,
    [event.cardId],
  )
  const { boardId, cardId, seq } = event
  const told = { ...happened, boardId, cardId, number: Number(seq) }
  for (const { flow_id, cause } of rows) await tellRun(flow_id, cause, told)
}

async function begin(
  trx: Knex.Transaction,
  workspaceId: string,
  listener: Listener,
  event: BoardEventRow,
  startRun: StartRun,
): Promise<void> {
  const trigger = causeOf(event)
  const card = event.cardId && { ...event.card, id: event.cardId, boardId: event.boardId }
  if (!trigger || !matches(listener.definition, trigger, card || {}, event.run !== null)) return
  const { boardId, seq, run } = event
  // Its run has begun before it was written down; by then it is.
  if (!run && event.isBots) throw new Error(`The run behind ${boardId}/${seq} is not known yet.`)
  await beginRun(trx, startRun, {
    workspaceId,
    listener,
    cause: `${boardId}/${seq}`,
    trigger,
    card: card || null,
    by: run,
  })
}

async function listenersOf(
  trx: Knex.Transaction,
  workspaceId: string,
  boardId: string,
): Promise<Listener[]> {
  const { rows } = await trx.raw<{ rows: Listener[] }>(
    `select f.id as flow_id, f.project_id, v.version, v.hash, v.definition, f.actor_id
     from flows f
     join flow_versions v on v.flow_id = f.id and v.version = f.published
     join boards b on b.id = ? and b.project_id = f.project_id
     where f.workspace_id = ? and f.active and (f.board_id is null or f.board_id = b.id)
     order by f.id`,
    [boardId, workspaceId],
  )
  return rows
}

async function eventsOf(
  trx: Knex.Transaction,
  { boardId, from, to }: z.infer<typeof Told>,
): Promise<BoardEventRow[]> {
  const { rows } = await trx.raw<{ rows: BoardEventRow[] }>(
    `select e.seq, e.board_id as "boardId", e.type, e.card_id as "cardId", e.actor_id as "actorId",
       e.created_at as at, e.body -> 'card' as card, e.changes, o.inverse -> 0 -> 'body' as before,
       o.inverse -> 0 ->> 'targetId' as target,
       o.gesture_id is not null and exists (
         select from users u where u.id = e.actor_id and u.kind = 'bot') as "isBots",
       case when r.id is not null then json_build_object('id', r.id, 'flowId', r.flow_id,
         'chain', r.chain,
         'personId', coalesce(r.input ->> 'personId', r.input -> 'trigger' ->> 'actorId'))
       end as run
     from board_events e
     left join outcomes o on o.actor_id = e.actor_id and o.command_id = e.command_id
     left join flow_runs r on r.id = o.gesture_id and exists (
       select from flows f where f.id = r.flow_id and f.actor_id = e.actor_id)
     where e.board_id = ? and e.seq between ? and ? order by e.seq`,
    [boardId, from, to],
  )
  return rows
}

import type { Knex } from 'knex'
import { z } from 'zod'
import { Id } from '#core/contracts/fields.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { beginRun, type Listener } from './begin-run.ts'
import { cardFaceOf } from './card-face-of.ts'
import { matches } from './matches.ts'
import type { StartRun } from './tools.ts'

const Asked = z.strictObject({ requestId: Id })

interface Row extends Listener {
  readonly workspaceId: string
  readonly deliveryId: string
  readonly kind: string
  readonly actorId: string | null
  readonly cardId: string | null
  readonly given: object
  readonly askedAt: Date
}

/** Starts the run somebody or something outside has asked for; asked again, it starts nothing twice. */
export function startRequested(startRun: StartRun): FollowUpHandler {
  return async (trx, { payload }) => {
    const { requestId } = Asked.parse(payload)
    const row = await read(trx, requestId)
    if (!row) return
    const { workspaceId, kind: type, given, actorId, cardId, askedAt } = row
    const trigger = { ...given, type, at: askedAt.toISOString(), actorId }
    const card = cardId === null ? null : await cardFaceOf(trx, cardId)
    if (cardId !== null && !card) return
    if (!matches(row.definition as Flow, trigger, card ?? {}, false)) return
    const cause = `request/${requestId}`
    await beginRun(trx, startRun, { workspaceId, listener: row, cause, trigger, card, by: null })
  }
}

async function read(trx: Knex.Transaction, id: string): Promise<Row | undefined> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select r.workspace_id as "workspaceId", r.delivery_id as "deliveryId", r.kind,
       r.actor_id as "actorId", r.card_id as "cardId", r.given, r.asked_at as "askedAt",
       f.id as flow_id, f.project_id, v.version, v.hash, v.definition, f.actor_id
     from flow_requests r join flows f on f.id = r.flow_id and f.active
     join flow_versions v on v.flow_id = f.id and v.version = f.published
     where r.id = ?`,
    [id],
  )
  return rows[0]
}

import type { Knex } from 'knex'
import type { Command, Outcome } from '#core/contracts/command.ts'
import { ask } from '#core/platform/ask.ts'
import type { UndoStep } from '#core/platform/handler.ts'

/** A stored outcome, as far as a retry of its command needs it. */
export interface StoredOutcome {
  readonly outcome: Outcome
  readonly bodyHash: Buffer
}

/** Commands are once-only per actor: two people may use the same key. */
export const outcomeKey = (command: Pick<Command, 'actorId' | 'id'>) =>
  `${command.actorId}/${command.id}`

/**
 * Outcomes there already are for some of the commands, by outcomeKey. Looked for one by one: a join
 * that was planned while there were none would read all of them ever after.
 */
export async function storedOutcomes(
  trx: Knex.Transaction,
  commands: readonly Pick<Command, 'actorId' | 'id'>[],
): Promise<Map<string, StoredOutcome>> {
  const rows = await ask<{
    actor_id: string
    command_id: string
    outcome: Outcome
    body_hash: Buffer
  }>(
    trx,
    `select o.actor_id, o.command_id, o.outcome, o.body_hash
     from unnest($1::uuid[], $2::uuid[]) as v (actor_id, command_id)
     cross join lateral (
       select * from outcomes where actor_id = v.actor_id and command_id = v.command_id limit 1
     ) o`,
    [commands.map((command) => command.actorId), commands.map((command) => command.id)],
  )
  return new Map(
    rows.map((row) => [
      outcomeKey({ actorId: row.actor_id, id: row.command_id }),
      { outcome: row.outcome, bodyHash: row.body_hash },
    ]),
  )
}

export interface Undoable {
  readonly commandId: string
  readonly inverse: readonly UndoStep[] | null
}

/** What an actor did under a command's or a gesture's id, newest first. */
export async function undoables(
  db: Knex,
  workspaceId: string,
  actorId: string,
  what: { commandId?: string | undefined; gestureId?: string | undefined },
  limit: number,
): Promise<Undoable[]> {
  const rows = await db('outcomes')
    .select('command_id', 'inverse')
    .where({ workspace_id: workspaceId, actor_id: actorId })
    .where(what.commandId ? { command_id: what.commandId } : { gesture_id: what.gestureId })
    .whereRaw(`outcome->>'status' = 'done'`)
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'command_id', order: 'desc' },
    ])
    .limit(limit)
  return rows.map((row: { command_id: string; inverse: UndoStep[] | null }) => ({
    commandId: row.command_id,
    inverse: row.inverse,
  }))
}

import type { Knex } from 'knex'
import { randomBytes } from 'node:crypto'
import { contractOf, type ActionBody, type ActionType } from '#core/contracts/actions.ts'
import type { Command } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import { summaryOf } from '#core/kernel/summary.ts'
import { commandMac } from '#core/platform/command-mac.ts'
import { resolveTarget } from '#activities/actions/queries.ts'

/** Signs the commands of a test run, as the API's key does. */
export const COMMAND_KEY = randomBytes(32).toString('base64url')

/** Where runs of a test are done. */
export const aRunPlace = (taskQueue: string) => ({
  taskQueue,
  commandKey: COMMAND_KEY,
  publicUrl: 'http://projectflow.example',
})

/** A command as the API makes it, for a target the actor can see. */
export async function aCommand<Type extends ActionType>(
  database: Knex,
  actorId: string,
  type: Type,
  targetId: string,
  body: ActionBody<Type>,
  more: Partial<Command> = {},
): Promise<Command> {
  const { target: kind, summary } = contractOf(type)
  const target = await resolveTarget(database, kind, targetId, actorId, body as object)
  if (!target) throw new Error(`${actorId} sees no ${kind} ${targetId}.`)
  const { workspaceId, boardIds, cardIds, place } = target
  const asked = { id: newId(), type, workspaceId, actorId, targetId, body, ...more }
  return {
    ...asked,
    boardIds,
    cardIds,
    place,
    requestId: more.requestId ?? newId(),
    ip: '127.0.0.1',
    summary: summaryOf(target.actorName, summary, { target: target.name }),
    mac: commandMac(COMMAND_KEY, asked),
  }
}

import { NOT_FOUND } from '#core/contracts/action.ts'
import { contractOf, type ActionType } from '#core/contracts/actions.ts'
import type { Command } from '#core/contracts/command.ts'
import type { Acted, ActOrder } from '#core/contracts/flows/run.ts'
import { commandMac } from '#core/platform/command-mac.ts'
import { aimOf, resolveTargetAsActor } from '#activities/actions/queries.ts'
import { bodyOf } from './body-of.ts'
import { commandIdOf } from './command-id.ts'
import { refuseStep } from './refuse-step.ts'
import { seenCard } from './seen-card.ts'
import type { ActTools } from './tools.ts'

/** A card can be changed between the look and the change, but hardly this often. */
const TRIES_MAX = 5
/** Who asks whom is known to the engine; nobody's computer asks for what a flow does. */
const NO_ADDRESS = '127.0.0.1'

/**
 * Does an action as the flow's actor, the way everybody's actions are done: signed, checked for
 * their rights, stored with its outcome under an id made of the step's key. Asked again, it answers
 * what came of it the first time.
 */
export async function cardAction(
  tools: ActTools,
  order: ActOrder,
  type: ActionType,
): Promise<Acted> {
  const { target: targetId, ...given } = order.with
  for (let tries = 0; ; tries += 1) {
    const outcome = await tools.apply(await commandOf(tools, order, type, String(targetId), given))
    if (outcome.status === 'done') return { output: outcome.result, cards: 1 }
    if (outcome.code !== 'card.conflict' || tries >= TRIES_MAX) {
      throw refuseStep(outcome.code, outcome.message)
    }
  }
}

async function commandOf(
  tools: ActTools,
  order: ActOrder,
  type: ActionType,
  targetId: string,
  given: object,
): Promise<Command> {
  const { workspaceId, actorId } = order
  const { target: kind, summary, body: schema } = contractOf(type)
  const version =
    type === 'card.edit' ? (await seenCard(tools.database, actorId, targetId)).card.version : null
  const versioned = version === null ? given : { ...given, baseVersion: version }
  const body = bodyOf(schema, versioned) as object
  const target = await resolveTargetAsActor(tools.database, kind, targetId, actorId, body)
  if (!target || target.workspaceId !== workspaceId) {
    throw refuseStep(
      NOT_FOUND[kind],
      `The flow sees no such ${kind}: let somebody publish it who does.`,
    )
  }
  // A change that another one came between is another command.
  const id = commandIdOf(version === null ? order.key : `${order.key}@${version}`)
  // By its gesture it is known which run an event comes from.
  const asked = { id, type, workspaceId, actorId, targetId, gestureId: order.runId, body }
  return {
    ...asked,
    ...aimOf(target, summary, body),
    requestId: order.runId,
    ip: NO_ADDRESS,
    mac: commandMac(tools.commandKey, asked),
  }
}

import { actions, type ActionType } from '#core/contracts/actions.ts'
import type { Acted, ActOrder } from '#core/contracts/flows/run.ts'
import { askForApproval } from './acts/ask-for-approval.ts'
import { createCards } from './acts/create-cards.ts'
import { findCards } from './acts/find-cards.ts'
import { readCard } from './acts/read-card.ts'
import { cardAction } from './card-action.ts'
import { refuseStep } from './refuse-step.ts'
import type { ActTools, DoAct } from './tools.ts'

/** What steps of flows do that is no action on a card, by the type of the node. */
const acts: Readonly<Record<string, DoAct>> = {
  'approval.ask': askForApproval,
  'card.read': readCard,
  'cards.create': createCards,
  'cards.find': findCards,
}

/** Does what a step asks for, once for each key; what is refused for good fails the step. */
export async function act(tools: ActTools, order: ActOrder): Promise<Acted> {
  const { type } = order
  const special = Object.hasOwn(acts, type) ? acts[type] : undefined
  if (special) return await special(tools, order)
  if (Object.hasOwn(actions, type)) return await cardAction(tools, order, type as ActionType)
  throw refuseStep('flow.node_unknown', `This installation cannot do «${type}» yet.`)
}

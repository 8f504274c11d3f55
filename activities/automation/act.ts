import { ApplicationFailure } from '@temporalio/common'
import { actions, type ActionType } from '#core/contracts/actions.ts'
import { nodes } from '#core/contracts/flows/nodes/index.ts'
import type { Acted, ActOrder } from '#core/contracts/flows/run.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { askForApproval } from './acts/ask-for-approval.ts'
import { createCards } from './acts/create-cards.ts'
import { findCards } from './acts/find-cards.ts'
import { httpRequest } from './acts/http-request.ts'
import { notify } from './acts/notify.ts'
import { readCard } from './acts/read-card.ts'
import { runCode } from './acts/run-code.ts'
import { sendEmail } from './acts/send-email.ts'
import { sendWebhook } from './acts/send-webhook.ts'
import { startFlow } from './acts/start-flow.ts'
import { cardAction } from './card-action.ts'
import { keepable } from './keepable.ts'
import { lineOf, recordSteps, type StepLine } from './record-steps.ts'
import { refuseStep } from './refuse-step.ts'
import { shown } from './shown.ts'
import { stepEvent } from './tell-run.ts'
import type { ActTools, DoAct } from './tools.ts'

/** What steps of flows do that is no action on a card, by the type of the node. */
const acts: Readonly<Record<string, DoAct>> = {
  'approval.ask': askForApproval,
  'card.read': readCard,
  'cards.create': createCards,
  'cards.find': findCards,
  notify,
  'email.send': sendEmail,
  'http.request': httpRequest,
  'webhook.send': sendWebhook,
  'code.run': runCode,
  'flow.start': startFlow,
}

/** What is done outside cannot be asked whether it was done: the answer that was kept tells it. */
const KEPT = new Set(['http.request'])

/** Does what a step asks for, once for each key, and writes it down; a refusal fails the step. */
export async function act(tools: ActTools, order: ActOrder): Promise<Acted> {
  if (order.isTry) return await done(tools, order)
  const startedMs = Date.now()
  const told = (order.lines ?? []).map(lineOf)
  for (const line of ended(order, startedMs, { status: 'running' })) {
    tools.tellJob(order.runId, stepEvent({ ...line, endedMs: null }))
  }
  try {
    const known = KEPT.has(order.type) ? await keptAnswer(tools, order) : null
    const { bytes, ...acted } = known ?? (await done(tools, order))
    const cost = known ? {} : { cards: acted.cards, ...bytesOf(bytes) }
    await recordSteps(tools, order, [
      ...told,
      ...ended(order, startedMs, { status: 'done', output: acted.output, ...cost }),
    ])
    return acted
  } catch (error) {
    await recordSteps(tools, order, [...told, ...failed(order, startedMs, error)])
    throw error
  }
}

const bytesOf = (bytes: Acted['bytes']) =>
  bytes && { bytesSent: bytes.sent, bytesReceived: bytes.received }

async function done(tools: ActTools, order: ActOrder): Promise<Acted> {
  const { type } = order
  const special = Object.hasOwn(acts, type) ? acts[type] : undefined
  if (special) {
    const acted = await special(tools, order).catch(refused)
    return { ...acted, output: keepable(acted.output) }
  }
  if (Object.hasOwn(actions, type)) return await cardAction(tools, order, type as ActionType)
  throw refuseStep(
    'flow.node_unknown',
    `This installation cannot do «${type}» yet: take the step out.`,
  )
}

/** What the product refuses is refused to the step. */
function refused(error: unknown): never {
  throw error instanceof Refusal ? refuseStep(error.code, error.message) : error
}

async function keptAnswer({ database }: ActTools, order: ActOrder): Promise<Acted | null> {
  const { workspaceId, runId: run_id } = order
  const row = await readAs(database, { workspaceId }, (trx) =>
    trx('flow_steps')
      .where({ run_id, key: keyIn(order), status: 'done' })
      .first<{ output: Acted['output'] } | undefined>('output'),
  )
  return row ? { output: row.output, cards: 0 } : null
}

const keyIn = ({ key, runId }: ActOrder) => key.slice(runId.length + 1)

/** What control nodes have done for them is told by their own lines. */
function ended(order: ActOrder, startedMs: number, how: Partial<StepLine>): StepLine[] {
  if (!Object.hasOwn(nodes, order.type)) return []
  const key = keyIn(order)
  const { stepId, type, label, attempt: attempts = 1 } = order
  const line = { key, stepId, type, label, input: shown(order.with), attempts, startedMs }
  const status = key.includes('/undo/') ? 'taken back' : 'done'
  return [{ ...line, endedMs: Date.now(), status, ...how, ...(status !== 'done' && { status }) }]
}

function failed(order: ActOrder, startedMs: number, error: unknown): StepLine[] {
  const isFinal = error instanceof ApplicationFailure && error.nonRetryable === true
  const { type: code = 'internal', message } = (isFinal ? error : {}) as ApplicationFailure
  const [line] = ended(order, startedMs, {})
  if (!line) return []
  if (isFinal) return [{ ...line, status: 'failed', error: { code, message, step: order.stepId } }]
  const why = { code: 'flow.tried_again', message: 'It did not come about, and is tried again.' }
  return [{ ...line, status: 'running', endedMs: null, error: why }]
}

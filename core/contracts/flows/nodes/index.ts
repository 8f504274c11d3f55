import type { NodeContract } from '../node.ts'
import { approval } from './approval.ts'
import { branch } from './branch.ts'
import { callFlow } from './call-flow.ts'
import { cardActionNodes } from './card-actions.ts'
import { compensate } from './compensate.ts'
import { createCards } from './create-cards.ts'
import { findCards } from './find-cards.ts'
import { forEach } from './for-each.ts'
import { httpRequest } from './http-request.ts'
import { notify } from './notify.ts'
import { parallel } from './parallel.ts'
import { readCard } from './read-card.ts'
import { retry } from './retry.ts'
import { runCode } from './run-code.ts'
import { sendEmail } from './send-email.ts'
import { sendWebhook } from './send-webhook.ts'
import { setVariable } from './set-variable.ts'
import { stop } from './stop.ts'
import { tryCatch } from './try.ts'
import { wait } from './wait.ts'
import { waitForEvent } from './wait-for-event.ts'
import { waitUntil } from './wait-until.ts'
import { whileLoop } from './while.ts'

/** What the interpreter does itself. */
const controlNodes = {
  branch,
  parallel,
  'for-each': forEach,
  while: whileLoop,
  wait,
  'wait-until': waitUntil,
  'wait-for-event': waitForEvent,
  approval,
  try: tryCatch,
  retry,
  stop,
  compensate,
  'set-variable': setVariable,
} as const satisfies Record<string, NodeContract>

/** What activities do. */
const actNodes = {
  ...cardActionNodes,
  'cards.create': createCards,
  'card.read': readCard,
  'cards.find': findCards,
  notify,
  'email.send': sendEmail,
  'http.request': httpRequest,
  'webhook.send': sendWebhook,
  'code.run': runCode,
  'flow.call': callFlow,
} as const satisfies Record<string, NodeContract>

export type ControlType = keyof typeof controlNodes

/** Every node there is. */
export const nodes: Readonly<Record<string, NodeContract>> = { ...controlNodes, ...actNodes }

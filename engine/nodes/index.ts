import type { ControlType } from '#core/contracts/flows/nodes/index.ts'
import { approval } from './approval.ts'
import { branch } from './branch.ts'
import { callFlow } from './call-flow.ts'
import { compensate } from './compensate.ts'
import { forEach } from './for-each.ts'
import type { Behaviour } from './node.ts'
import { parallel } from './parallel.ts'
import { retry } from './retry.ts'
import { setVariable } from './set-variable.ts'
import { stop } from './stop.ts'
import { tryCatch } from './try.ts'
import { wait } from './wait.ts'
import { waitForEvent } from './wait-for-event.ts'
import { waitUntil } from './wait-until.ts'
import { whileLoop } from './while.ts'

/** How each control node is done; every other node is an act, and calling waits for another run. */
export const behaviours: Readonly<Record<ControlType | 'flow.call', Behaviour>> = {
  'flow.call': callFlow,
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
}

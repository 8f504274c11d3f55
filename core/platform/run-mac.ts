import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AutomationStart, RunState, UnsignedStart } from '#core/contracts/flows/run.ts'
import type { Trying, TryStart } from '#core/contracts/flows/trying.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'

/**
 * Proof that we began a run, for this flow, this actor and this cause: whoever can start a workflow
 * by hand cannot act for somebody. `key` is 32 bytes in base64url.
 */
export const startMac = (key: string, start: UnsignedStart): string =>
  macOf(key, `run ${canonicalJson(start)}`)

/** Proof that a checkpoint is one of this run's own. */
export const stateMac = (key: string, runId: string, state: RunState): string =>
  macOf(key, `checkpoint ${runId} ${canonicalJson(state)}`)

/** Proof that we began to try a flow, for this person. */
export const tryMac = (key: string, trying: Trying): string =>
  macOf(key, `try ${canonicalJson(trying)}`)

export function isOurTry(key: string, { mac, ...trying }: TryStart): boolean {
  return isSame(tryMac(key, trying), mac)
}

/** Whether we began the run, and made what it goes on from. */
export function isOurs(key: string, start: AutomationStart): boolean {
  const { mac, state, stateMac: given, ...asked } = start
  const isBegun = isSame(startMac(key, asked), mac)
  return isBegun && (state === undefined || isSame(stateMac(key, start.runId, state), given ?? ''))
}

const macOf = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url')

function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

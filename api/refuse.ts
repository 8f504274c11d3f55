import { ERRORS, type ErrorCode } from '#core/contracts/errors.ts'
import { Refusal } from '#core/kernel/refusal.ts'

/** A refusal in the words of the contract. */
export function refuse(code: ErrorCode, details: Record<string, unknown> = {}): Refusal {
  return new Refusal(code, ERRORS[code][1], details)
}

/** The code's status, or 500 for a code the contracts do not know. */
export function statusOf(code: string): number {
  return isErrorCode(code) ? ERRORS[code][0] : ERRORS.internal[0]
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

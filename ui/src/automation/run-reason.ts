import type { RunHead } from '#core/contracts/flows/views.ts'
import { errorText } from '../shell/error-text.ts'
import { t, te } from '../shell/i18n/i18n.ts'

/** What the engine notes where nobody gives a reason. */
const CANCELLED = 'Somebody has cancelled it.'

/** Why a run failed, was cancelled or held back, in a sentence that says what to do; or nothing. */
export function runReason({ status, error }: Pick<RunHead, 'status' | 'error'>): string {
  if (status === 'throttled') return t('flows.throttledWhy')
  // That it was cancelled is said already.
  if (!error || error.reason === CANCELLED) return ''
  return error.reason ?? failureWords(error)
}

/** The same of a failed step: by its code, or as whoever refused it has said it. */
export function failureWords(error: unknown): string {
  const { code = 'internal', message = '' } = (error ?? {}) as { code?: string; message?: string }
  const key = `flows.failures.${code.replaceAll('.', '-')}`
  return te(key) ? t(key, { message }) : errorText({ code, message })
}

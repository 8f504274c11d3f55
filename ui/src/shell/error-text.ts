import type { ApiError } from './api-error.ts'
import { t, te } from './i18n/i18n.ts'

/** What is told of a fault in the reader's language; a code of tomorrow is told as the server does. */
export function errorText({ code, message }: Pick<ApiError, 'message'> & { code: string }): string {
  const key = `errors.${code}`
  return te(key) ? t(key) : message
}

import type { Problem } from '#core/contracts/flows/problem.ts'
import { t, te } from '../shell/i18n/i18n.ts'

/** What zod says of a value that is missing, or was put where another kind of value belongs. */
const UNFILLED = /^(Invalid (UUID|input|option|URL)|Too small)/

/** What is to be mended, in words for whoever draws. */
export function problemWords({ code, message }: Pick<Problem, 'code' | 'message'>): string {
  const key = `designer.problems.${code.replaceAll('.', '-')}`
  if (te(key)) return t(key)
  const isUnfilled = code === 'flow.step_invalid' || code === 'flow.invalid'
  return isUnfilled && UNFILLED.test(message) ? t('designer.fillIn') : message
}

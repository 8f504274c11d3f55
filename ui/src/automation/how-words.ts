import { nodeOf } from '#core/contracts/flows/check-step.ts'
import { t } from '../shell/i18n/i18n.ts'
import type { TriedStep } from './use-trying.ts'

/** Whether a step does something to people or servers: what is held back when a flow is tried. */
export const isOutside = (type: string): boolean =>
  ['outside', 'people'].includes(nodeOf(type)?.group ?? '') && nodeOf(type)?.kind === 'act'

/** How a step came out when it was tried, in a word or two. */
export function howWords({
  status,
  how,
  type,
}: Pick<TriedStep, 'status' | 'how' | 'type'>): string {
  if (status === 'failed') return t('designer.try.how.failed')
  return t(`designer.try.how.${how === 'would' && isOutside(type) ? 'held' : how}`)
}

import type { Sample } from '#core/contracts/flows/samples.ts'
import { t } from '../shell/i18n/i18n.ts'
import { asText } from '#core/flows/filters.ts'
import { triggerTitle } from './step-words.ts'

/** What a sample is called: by its card, or by what happened. */
export function sampleTitle({ card, trigger }: Sample): string {
  const title = card?.['title']
  return typeof title === 'string' && title ? title : triggerTitle(asText(trigger['type']))
}

/** The heading a sample stands under. */
export const sampleGroup = ({ ref: { kind } }: Sample): string => t(`designer.try.from.${kind}`)

import type { RunCost, RunStep } from '#core/contracts/flows/views.ts'
import { bytesText } from '../kanban/panel/bytes-text.ts'
import { i18n, t } from '../shell/i18n/i18n.ts'
import { msText } from './duration-of.ts'

/** What a run has cost: steps and tries, time spent working, cards, and bytes from and to servers. */
export function runCostWords({ acts, attempts, workedMs, ...of }: RunCost): string[] {
  if (acts === 0) return []
  const tries = attempts > acts ? [t('runs.cost.tries', { n: attempts }, attempts)] : []
  const steps = t('runs.cost.acts', { n: acts }, acts)
  return [t('runs.cost.worked', { time: msText(workedMs) }), steps, ...tries, ...thingWords(of)]
}

/** What a step has cost beside its time, which stands in its line. */
export const stepCostWords = ({ cards, bytesSent, bytesReceived }: RunStep): string[] =>
  thingWords({
    cards: cards ?? 0,
    bytesSent: bytesSent ?? 0,
    bytesReceived: bytesReceived ?? 0,
  })

function thingWords({
  cards,
  bytesSent,
  bytesReceived,
}: Omit<RunCost, 'acts' | 'attempts' | 'workedMs'>) {
  return [
    ...(cards > 0 ? [t('runs.cost.cards', { n: cards }, cards)] : []),
    ...(bytesSent > 0
      ? [t('runs.cost.sent', { size: bytesText(bytesSent, i18n.global.locale.value) })]
      : []),
    ...(bytesReceived > 0
      ? [t('runs.cost.received', { size: bytesText(bytesReceived, i18n.global.locale.value) })]
      : []),
  ]
}

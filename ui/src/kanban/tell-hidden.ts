import type { Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { t } from '../shell/i18n/i18n.ts'
import { toast } from '../shell/toasts.ts'
import { NO_FILTERS } from './filters.ts'
import { useBoardView } from './view-store.ts'

/** Of many told one after the other the last is shown. */
const TOAST_ID = 'hidden-new'

/** Says after `said` which of the new cards the filter keeps from being seen, and offers to see them. */
export function tellHidden(cardIds: readonly Id[], said: string): void {
  const view = useBoardView()
  const hidden = cardIds.filter((id) => view.cellOf(id) === undefined).length
  if (hidden === 0) return
  const words = t('board.hiddenNew', hidden)
  announce(`${said}. ${words}`)
  const showAll = () => (view.filters = NO_FILTERS)
  toast(words, { id: TOAST_ID, action: { label: t('board.clearFilter'), onClick: showAll } })
}

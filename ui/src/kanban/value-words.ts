import type { MemberView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { i18n, t } from '../shell/i18n/i18n.ts'
import type { Day } from './days.ts'
import { dueText } from './due.ts'

interface Known {
  readonly members: ReadonlyMap<Id, MemberView>
  readonly today: Day
}

/** The value of a card's field in the reader's words. */
export function valueWords(field: string, value: unknown, { members, today }: Known): string {
  if (value === null || value === undefined || value === '') return t('panel.none')
  const text = String(value as string | number)
  switch (field) {
    case 'assignee':
      return members.get(text)?.name ?? t('panel.someone')
    case 'dueOn':
      return dueText(text, today, i18n.global.locale.value)
    case 'priority':
      return t(`board.priority.${text}`)
    case 'colour':
      return t(`colours.${text}`)
    default:
      return text
  }
}

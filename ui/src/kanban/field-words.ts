import { useI18n } from 'vue-i18n'
import { dueText } from './due.ts'
import { useBoard } from './store.ts'

/** The values of a card's fields in the reader's words. */
export function useFieldWords() {
  const { t, locale } = useI18n()
  const board = useBoard()

  function valueWords(field: string, value: unknown): string {
    if (value === null || value === undefined || value === '') return t('panel.none')
    const text = String(value as string | number)
    switch (field) {
      case 'assignee':
        return board.members.get(text)?.name ?? t('panel.someone')
      case 'dueOn':
        return dueText(text, board.today, locale.value)
      case 'priority':
        return t(`board.priority.${text}`)
      case 'colour':
        return t(`colours.${text}`)
      default:
        return text
    }
  }

  return { valueWords }
}

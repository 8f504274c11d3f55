import { useI18n } from 'vue-i18n'
import type { HistoryEntry } from '#core/contracts/views.ts'
import { useFieldWords } from '../field-words.ts'

type Value = string | number | boolean | null | undefined

/** A ticked item is told as the field `checked: ` and its text. */
const TICKED = 'checked: '

/** What an entry of the history says after the name of who did it. */
export function useHistoryWords() {
  const { t, te, locale } = useI18n()
  const { valueWords } = useFieldWords()

  function wordsFor({ type, changes }: HistoryEntry): string {
    if (type === 'card.edited') return fieldWords(changes as Record<string, [Value, Value]>)
    const key = `history.${type}`
    if (!te(key)) return type
    const [field = ''] = Object.keys(changes)
    if (field.startsWith(TICKED)) {
      const ticked = changes[field]![1] === true ? 'ticked' : 'unticked'
      return t(`history.checklist.${ticked}`, { what: field.slice(TICKED.length) })
    }
    const [from, to] = (Object.values(changes)[0] ?? []) as [Value, Value]
    const what = valueWords(field, to ?? from)
    return t(key, { what, from: String(from ?? ''), to: String(to ?? '') })
  }

  function fieldWords(changes: Readonly<Record<string, readonly [Value, Value]>>): string {
    const words = Object.entries(changes).map(([field, [, after]]) => {
      if (after === null || after === '') return t(`history.removed.${field}`)
      return t(`history.set.${field}`, { what: valueWords(field, after) })
    })
    return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(words)
  }

  return { wordsFor }
}

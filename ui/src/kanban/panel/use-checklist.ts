import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { ChecklistItemView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'
import { useOpenCard } from './card-details.ts'

/** The open card's checklist in order, and what can be done with its items. */
export function useChecklist() {
  const { t } = useI18n()
  const { cardId, details, run } = useOpenCard()
  const items = computed(() =>
    (details.value?.checklist ?? []).toSorted((a, b) => (a.rank < b.rank ? -1 : 1)),
  )

  function add(text: string): void {
    const body = { itemId: newId(), text }
    const said = t('said.itemAdded', { what: text })
    void run({ type: 'checklist.add', targetId: cardId, body }, { said })
  }

  function edit(item: ChecklistItemView, changes: { text?: string; done?: boolean }): void {
    const intent = { type: 'checklist.edit', targetId: item.id, body: changes } as const
    const said = t(`said.${doneTo(changes)}`, { what: changes.text ?? item.text })
    void run(intent, { said })
  }

  function remove(item: ChecklistItemView, said: string): void {
    const options = { said, toast: true }
    void run({ type: 'checklist.remove', targetId: item.id, body: {} }, options)
  }

  /** Puts an item one place up (-1) or down (1). */
  function move(item: ChecklistItemView, by: -1 | 1): void {
    const others = items.value.filter(({ id }) => id !== item.id)
    const to = items.value.indexOf(item) + by
    if (to < 0 || to > others.length) return
    const [before, after] = [others[to - 1], others[to]]
    const body = before ? { after: before.id } : { before: after!.id }
    const said = t('said.itemMoved', { what: item.text, place: to + 1, total: items.value.length })
    void run({ type: 'checklist.move', targetId: item.id, body }, { said })
  }

  return { items, add, edit, remove, move }
}

function doneTo({ done }: { done?: boolean }): string {
  if (done === undefined) return 'itemChanged'
  return done ? 'itemTicked' : 'itemUnticked'
}

import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CardDetails, ChecklistItemView } from '#core/contracts/views.ts'
import { newId, type Id } from '#core/kernel/ids.ts'
import { rankBetween } from '#core/kernel/rank.ts'
import { useOpenCard } from './card-details.ts'

/** The open card's checklist in order, and what can be done with its items. */
export function useChecklist() {
  const { t } = useI18n()
  const { cardId, details, run } = useOpenCard()
  const items = computed(() =>
    (details.value?.checklist ?? []).toSorted((a, b) => (a.rank < b.rank ? -1 : 1)),
  )

  function add(text: string): void {
    const item = {
      id: newId(),
      text,
      done: false,
      rank: rankBetween(items.value.at(-1)?.rank ?? null, null),
    }
    const body = { itemId: item.id, text }
    const said = t('said.itemAdded', { what: text })
    void run({ type: 'checklist.add', targetId: cardId, body }, replacing(item.id, item), { said })
  }

  function edit(item: ChecklistItemView, changes: { text?: string; done?: boolean }): void {
    const edited = { ...item, ...changes }
    const intent = { type: 'checklist.edit', targetId: item.id, body: changes } as const
    const said = t(`said.${doneTo(changes)}`, { what: edited.text })
    void run(intent, replacing(item.id, edited), { said })
  }

  function remove(item: ChecklistItemView, said: string): void {
    const options = { said, toast: true }
    void run({ type: 'checklist.remove', targetId: item.id, body: {} }, replacing(item.id), options)
  }

  /** Puts an item one place up (-1) or down (1). */
  function move(item: ChecklistItemView, by: -1 | 1): void {
    const others = items.value.filter(({ id }) => id !== item.id)
    const to = items.value.indexOf(item) + by
    if (to < 0 || to > others.length) return
    const [before, after] = [others[to - 1], others[to]]
    const body = before ? { after: before.id } : { before: after!.id }
    const rank = rankBetween(before?.rank ?? null, after?.rank ?? null)
    const moved = { ...item, rank }
    const said = t('said.itemMoved', { what: item.text, place: to + 1, total: items.value.length })
    void run({ type: 'checklist.move', targetId: item.id, body }, replacing(item.id, moved), {
      said,
    })
  }

  return { items, add, edit, remove, move }
}

function doneTo({ done }: { done?: boolean }): string {
  if (done === undefined) return 'itemChanged'
  return done ? 'itemTicked' : 'itemUnticked'
}

/** The card with an item of its checklist replaced, or without it. */
function replacing(itemId: Id, item?: ChecklistItemView) {
  return (before: CardDetails): CardDetails => {
    const others = before.checklist.filter(({ id }) => id !== itemId)
    return { ...before, checklist: item ? [...others, item] : others }
  }
}

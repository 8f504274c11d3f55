import { SquareArrowOutUpRight } from '@lucide/vue'
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useBoard } from '../kanban/store.ts'
import { useCardPanel } from '../kanban/use-card-panel.ts'
import type { Entry } from './entry.ts'

/** The cards of the open board, without asking the server. */
export function useCardEntries() {
  const route = useRoute()
  const [board, panel] = [useBoard(), useCardPanel()]

  return computed<Entry[]>(() => {
    if (route.name !== 'board') return []
    const columns = new Map(board.columns.map(({ id, name }) => [id, name]))
    return Array.from(board.cards.values(), ({ id, title, columnId }) => ({
      id: `card-${id}`,
      group: 'cards' as const,
      text: `${board.numberOf(id)} ${title}`,
      hint: columns.get(columnId),
      icon: SquareArrowOutUpRight,
      run: () => panel.open(id),
    }))
  })
}

import {
  Archive,
  ArrowRight,
  CalendarClock,
  Flag,
  Plus,
  SquareArrowOutUpRight,
  Tag,
  Undo2,
  UserPlus,
  Zap,
} from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import type { Id } from '#core/kernel/ids.ts'
import { useCardGestures } from '../kanban/card-gestures.ts'
import { useFlowButtons } from '../kanban/flow-buttons.ts'
import { usePressButton } from '../kanban/press-button.ts'
import { useBoard } from '../kanban/store.ts'
import { useCardPanel } from '../kanban/use-card-panel.ts'
import { type PickerKind, useBoardView } from '../kanban/view-store.ts'
import type { Entry } from './entry.ts'

const PICKERS: readonly { kind: PickerKind; keys: string; icon: Entry['icon'] }[] = [
  { kind: 'labels', keys: 'L', icon: Tag },
  { kind: 'assignees', keys: 'A', icon: UserPlus },
  { kind: 'priority', keys: 'P', icon: Flag },
  { kind: 'due', keys: 'D', icon: CalendarClock },
  { kind: 'flow', keys: 'F', icon: Zap },
]

/** What can be done on the open board, to the card that has the focus or all that are selected. */
export function useBoardEntries() {
  const { t } = useI18n()
  const route = useRoute()
  const [board, view, panel, gestures] = [
    useBoard(),
    useBoardView(),
    useCardPanel(),
    useCardGestures(),
  ]

  const [buttons, press] = [useFlowButtons(), usePressButton()]
  void buttons.load()

  return computed<Entry[]>(() => {
    if (route.name !== 'board' || !board.info) return []
    const focused = panel.openId.value ?? view.focusedId
    const onCard = focused !== undefined && board.cards.has(focused) ? cardEntries(focused) : []
    return board.mayMake ? [...onCard, ...boardEntries()] : onCard
  })

  function cardEntries(cardId: Id): Entry[] {
    const cardIds = view.subject(cardId)
    if (!cardIds.every(board.mayWork)) return []
    const card = cardIds.length > 1 ? t('board.cards', cardIds.length) : board.numberOf(cardId)
    const moves = board.columns
      .filter(({ id }) => id !== board.cards.get(cardId)?.columnId)
      .map(({ id, name }) =>
        action(`move-${id}`, t('search.move', { card, column: name }), ArrowRight, () =>
          gestures.moveToColumn(cardIds, id),
        ),
      )
    const pickers = PICKERS.map(({ kind, keys, icon }) => ({
      ...action(kind, t(`search.${kind}`, { card }), icon, () => {
        view.picker = { kind, cardIds }
      }),
      keys,
    }))
    const archive = action('archive', t('search.archive', { card }), Archive, () =>
      gestures.archive(cardIds),
    )
    return [
      {
        ...action('open', t('search.open', { card }), SquareArrowOutUpRight, () =>
          panel.open(cardId),
        ),
        keys: 'O',
      },
      ...moves,
      ...pickers,
      ...(cardIds.every(board.mayPutAway) ? [{ ...archive, keys: 'Del' }] : []),
    ]
  }

  function boardEntries(): Entry[] {
    const first = board.columns[0]
    const add = action('new-card', t('search.newCard'), Plus, () => {
      if (first) view.adding = { columnId: first.id }
    })
    const undo = action('undo', t('search.undo'), Undo2, () => board.undo())
    const flows = buttons.onBoard.map((button) =>
      action(button.flowId, button.label, Zap, () => void press(button, [])),
    )
    return [{ ...add, keys: 'N' }, { ...undo, keys: 'Mod+Z' }, ...flows]
  }
}

function action(id: string, text: string, icon: Entry['icon'], run: () => void): Entry {
  return { id: `action-${id}`, group: 'actions', text, icon, run }
}

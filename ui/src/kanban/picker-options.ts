import { computed, type CSSProperties } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CardFace } from '#core/contracts/views.ts'
import { useCardGestures } from './card-gestures.ts'
import { hueOf } from './colour-hues.ts'
import { addDays, weekdayOf } from './days.ts'
import { dueText } from './due.ts'
import { useFlowButtons } from './flow-buttons.ts'
import { useMoveTargets } from './move-targets.ts'
import { usePressButton } from './press-button.ts'
import { useBoard } from './store.ts'
import type { Picker, PickerKind } from './view-store.ts'

export interface PickerOption {
  readonly value: string
  readonly text: string
  readonly chosen: boolean
  readonly style?: CSSProperties
  readonly hint?: string | undefined
  /** Chosen, it leads to more to choose from. */
  readonly leads?: boolean
}

/** Stands for taking the value away. */
const NONE = ''
const PRIORITIES = [1, 2, 3, 4]
const WEEK_DAYS = 7
const MONDAY = 1

/** What a card's menus offer, by kind, and what choosing does: to one card or to all selected. */
export function usePickerOptions(picker: () => Picker) {
  const board = useBoard()
  const gestures = useCardGestures()
  const targets = useMoveTargets()
  const [buttons, press] = [useFlowButtons(), usePressButton()]
  const { t, locale } = useI18n()
  const cards = computed(() => picker().cardIds.flatMap((id) => board.cards.get(id) ?? []))
  const all = (test: (card: CardFace) => boolean | undefined) =>
    cards.value.every((card) => test(card) ?? false)
  const byText = (a: PickerOption, b: PickerOption) => a.text.localeCompare(b.text)

  const offers: Record<PickerKind, () => PickerOption[]> = {
    move: () => [
      ...targets.columns.value.map(({ id, name }) => ({
        value: id,
        text: name,
        chosen: all(({ columnId }) => columnId === id),
      })),
      ...targets.boards.value.map(({ id, name }) => {
        return { value: id, text: name, chosen: false, hint: t('board.board'), leads: true }
      }),
    ],
    labels: () =>
      [...board.labels.values()]
        .map(({ id, name, colour }) => ({
          value: id,
          text: name,
          chosen: all(({ labels }) => labels?.includes(id)),
          style: hueOf(colour),
        }))
        .sort(byText),
    assignees: () =>
      [...board.members.values()]
        .map(({ id, name, hue }) => ({
          value: id,
          text: name,
          chosen: all(({ assignees }) => assignees?.includes(id)),
          style: { '--h': hue },
        }))
        .sort(byText),
    priority: () => [
      ...PRIORITIES.map((level) => ({
        value: String(level),
        text: t(`board.priority.${level}`),
        chosen: all(({ priority }) => priority === level),
      })),
      { value: NONE, text: t('board.noPriority'), chosen: all((card) => !card.priority) },
    ],
    due: () => [
      ...dueDays(),
      { value: NONE, text: t('board.noDue'), chosen: all((card) => !card.dueOn) },
    ],
    flow: () =>
      buttons.onCards.map(({ flowId, label }) => ({ value: flowId, text: label, chosen: false })),
  }

  function dueDays(): PickerOption[] {
    const { today } = board
    const toMonday = ((MONDAY + WEEK_DAYS - weekdayOf(today) - 1) % WEEK_DAYS) + 1
    const days = { today: 0, tomorrow: 1, monday: toMonday, inAWeek: WEEK_DAYS }
    return Object.entries(days).map(([name, count]) => {
      const day = addDays(today, count)
      const chosen = all(({ dueOn }) => dueOn === day)
      const [text, date] = [t(`board.day.${name}`), dueText(day, today, locale.value)]
      return { value: day, text, chosen, hint: date === text ? undefined : date }
    })
  }

  if (picker().kind === 'move') void targets.loadBoards()
  if (picker().kind === 'flow') void buttons.load()

  function pick({ value, leads }: PickerOption): void {
    const { kind, cardIds } = picker()
    if (leads) return void targets.enter(value)
    switch (kind) {
      case 'move':
        return targets.moveTo(cardIds, value)
      case 'labels':
        return gestures.toggleLabel(cardIds, value)
      case 'assignees':
        return gestures.toggleAssignee(cardIds, value)
      case 'priority':
        return gestures.change(cardIds, { priority: value === NONE ? null : Number(value) })
      case 'due':
        return gestures.change(cardIds, { dueOn: value === NONE ? null : value })
      case 'flow': {
        const button = buttons.onCards.find(({ flowId }) => flowId === value)
        return button && void press(button, cardIds)
      }
    }
  }

  const options = computed(() => offers[picker().kind]())
  const isMultiple = computed(() => ['labels', 'assignees'].includes(picker().kind))
  return { options, pick, isMultiple, targets }
}

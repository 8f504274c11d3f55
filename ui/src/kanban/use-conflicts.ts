import { computed, type Ref, shallowRef } from 'vue'
import type { CardChanges } from '#core/contracts/kanban.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { Intent } from './command.ts'
import { type Conflict, keptConflict } from './conflict.ts'
import { useOutbox } from './outbox.ts'

/** The conflicts of the open board, one after the other: the person says which change stays. */
export function useConflicts(boardId: Ref<Id | undefined>, run: (intent: Intent) => unknown) {
  const outbox = useOutbox()
  /** Of what was given while the board was open. */
  const asked = shallowRef<readonly Conflict[]>([])
  /** Of what was kept, and the person wants to decide later. */
  const putOff = shallowRef<ReadonlySet<Id>>(new Set())

  const conflict = computed(() => {
    const kept = outbox.unanswered
      .filter((command) => command.boardId === boardId.value && !putOff.value.has(command.key))
      .flatMap((command) => keptConflict(command) ?? [])
    return asked.value[0] ?? kept[0]
  })

  function ask(about: Conflict): void {
    asked.value = [...asked.value, about]
  }

  /** Of another board nothing is asked here. */
  function clear(): void {
    asked.value = []
  }

  /**
   * The person has decided the conflict that is shown: these changes are what stays of theirs.
   * Without any they put it off, as long as it is kept.
   */
  function decide(changes: CardChanges | undefined): void {
    const { key, cardId, version } = conflict.value!
    const body = changes && { baseVersion: version, changes }
    const intent = body && ({ type: 'card.edit', targetId: cardId, body } as const)
    const isNothing = changes === undefined || Object.keys(changes).length === 0
    if (key === undefined) {
      asked.value = asked.value.slice(1)
      if (intent && !isNothing) run(intent)
    } else if (changes === undefined) putOff.value = new Set([...putOff.value, key])
    else if (isNothing) outbox.giveUp(key)
    else outbox.askAnew(key, intent)
  }

  /** Shows a conflict that was put off, once its board is open. */
  function compare(key: Id): void {
    putOff.value = new Set([...putOff.value].filter((other) => other !== key))
  }

  return { conflict, ask, clear, decide, compare }
}

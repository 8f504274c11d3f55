import { computed, type Ref, shallowRef } from 'vue'
import type { BoardMessage } from '#core/contracts/events.ts'
import type { Id } from '#core/kernel/ids.ts'
import { allows, CARD_RULES, may, type Rights, type Tie } from '#core/kernel/permissions.ts'
import { get } from '../shell/http.ts'
import type { BoardState } from './board-state.ts'

interface Asked {
  readonly state: BoardState
  readonly rights: Readonly<Ref<Rights>>
  readonly isOpen: Readonly<Ref<boolean>>
  readonly userId: () => Id | undefined
}

/** What the person may do to the cards of the open board; the server decides again. */
export function useCardRights({ state, rights, isOpen, userId }: Asked) {
  /** The cards they made, as far as anything depends on it. */
  const made = shallowRef<ReadonlySet<Id>>(new Set())

  const mayWrite = computed(() => isOpen.value && may(rights.value, 'card.write'))
  const mayMake = computed(() => isOpen.value && allows(rights.value, CARD_RULES.make, []))
  const mayComment = computed(() => isOpen.value && may(rights.value, 'comment.write'))

  function mayWork(cardId: Id): boolean {
    return isOpen.value && allows(rights.value, CARD_RULES.work, tiesTo(cardId))
  }

  function mayPutAway(cardId: Id): boolean {
    return isOpen.value && allows(rights.value, CARD_RULES.putAway, tiesTo(cardId))
  }

  /** Who attached a file takes it off again. */
  function mayRemoveFile(addedBy: Id): boolean {
    const ties: Tie[] = addedBy === userId() ? ['uploader'] : []
    return isOpen.value && allows(rights.value, CARD_RULES.removeFile, ties)
  }

  function tiesTo(cardId: Id): Tie[] {
    const isOn = state.cards.get(cardId)?.assignees?.includes(userId() ?? '') ?? false
    return [
      ...(made.value.has(cardId) ? (['creator'] as const) : []),
      ...(isOn ? (['assignee'] as const) : []),
    ]
  }

  /** For whom it depends: a board does not say of each card who made it. */
  async function readMade(boardId: Id): Promise<void> {
    made.value = new Set()
    if (mayWrite.value || !mayMake.value) return
    const { items } = await get<{ items: Id[] }>(`/boards/${boardId}/own-cards`)
    made.value = new Set([...made.value, ...items])
  }

  function addMade(...cardIds: readonly Id[]): void {
    if (mayMake.value && !mayWrite.value) made.value = new Set([...made.value, ...cardIds])
  }

  /** Cards they made elsewhere, in another tab or by a program. */
  function hear(message: BoardMessage): void {
    if (message.kind !== 'events') return
    const own = message.events.filter(
      ({ type, actorId }) => type === 'card.created' && actorId === userId(),
    )
    addMade(...own.flatMap(({ cardId }) => cardId ?? []))
  }

  return {
    mayWrite,
    mayMake,
    mayComment,
    mayWork,
    mayPutAway,
    mayRemoveFile,
    readMade,
    addMade,
    hear,
  }
}

import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { FlowButton } from '#core/contracts/flows/buttons.ts'
import type { Id } from '#core/kernel/ids.ts'
import { get } from '../shell/http.ts'
import { useBoard } from './store.ts'

/** The buttons of flows on the open board: read when something shows them. */
export const useFlowButtons = defineStore('flow-buttons', () => {
  const board = useBoard()
  const read = shallowRef<{ boardId: Id; items: readonly FlowButton[] }>()
  const items = computed(() =>
    read.value && read.value.boardId === board.info?.id ? read.value.items : [],
  )
  const onCards = computed(() => items.value.filter(({ kind }) => kind === 'card'))
  const onBoard = computed(() => items.value.filter(({ kind }) => kind === 'board'))

  /** What cannot be read is not shown. */
  async function load(): Promise<void> {
    const boardId = board.info?.id
    if (boardId === undefined) return
    const path = `/boards/${boardId}/buttons`
    const found = await get<{ items: FlowButton[] }>(path, { attemptsMax: 1 }).catch(() => null)
    if (found) read.value = { boardId, items: found.items }
  }

  return { onCards, onBoard, load }
})

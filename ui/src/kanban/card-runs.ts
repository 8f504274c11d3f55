import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { shallowReactive, watch } from 'vue'
import type { CardRun } from '#core/contracts/flows/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { get } from '../shell/http.ts'
import { useSession } from '../shell/session.ts'
import { useBoard } from './store.ts'

/** Looked at often while something runs, and now and then while nothing does. */
const BUSY_MS = 4_000
const IDLE_MS = 20_000
/** What somebody does may set off a run, which has begun by then. */
const SETTLE_MS = 1_500

/** What runs on the cards of the open board: a dot each. What cannot be read is not shown. */
export const useCardRuns = defineStore('card-runs', () => {
  const [board, session] = [useBoard(), useSession()]
  /** By card; each card hears of its own alone. */
  const runs = shallowReactive(new Map<Id, CardRun>())
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Whose turn it is to look: one that began later goes on instead of one before. */
  let turn = 0

  async function look(boardId: Id): Promise<void> {
    const { items } = await get<{ items: CardRun[] }>(`/boards/${boardId}/runs`, { attemptsMax: 1 })
    if (board.info?.id !== boardId) return
    const now = new Map(items.map((each) => [each.cardId, each]))
    for (const cardId of runs.keys()) if (!now.has(cardId)) runs.delete(cardId)
    for (const [cardId, run] of now) {
      const before = runs.get(cardId)
      const isSame = before?.runId === run.runId && before.status === run.status
      if (!isSame || before.isAsked !== run.isAsked) runs.set(cardId, run)
    }
  }

  async function keepLooking(boardId: Id): Promise<void> {
    clearTimeout(timer)
    turn += 1
    const own = turn
    if (document.visibilityState === 'visible') await look(boardId).catch(() => {})
    if (own !== turn || board.info?.id !== boardId) return
    timer = setTimeout(() => void keepLooking(boardId), runs.size > 0 ? BUSY_MS : IDLE_MS)
  }

  watch(
    () => board.info?.id,
    (boardId) => {
      clearTimeout(timer)
      runs.clear()
      if (boardId !== undefined) void keepLooking(boardId)
    },
    { immediate: true },
  )

  // Whoever has done something sees what it set off; for all who look, that would be too much.
  const lookSoon = useDebounceFn(() => {
    if (board.info) void keepLooking(board.info.id)
  }, SETTLE_MS)
  watch(
    () => board.news,
    (message) => {
      const me = session.me?.user.id
      if (message?.kind === 'events' && message.events.some(({ actorId }) => actorId === me)) {
        void lookSoon()
      }
    },
  )

  return { runs }
})

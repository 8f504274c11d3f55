import { useDebounceFn, useOnline } from '@vueuse/core'
import { computed, type InjectionKey, inject, provide, ref, shallowRef, watch } from 'vue'
import type { CommentAnchor } from '#core/contracts/comment-anchor.ts'
import type { CardDetails } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../../shell/api-error.ts'
import { forgetRead, keepRead, keptWhenSlow } from '../../offline/kept-reads.ts'
import { get } from '../../shell/http.ts'
import { useSession } from '../../shell/session.ts'
import type { Intent, Sent } from '../command.ts'
import type { RunOptions } from '../runner.ts'
import { useBoard } from '../store.ts'
import { paintDetails } from './paint-details.ts'

/** Several events of one gesture are answered with one read. */
const SETTLE_MS = 120

type OpenCard = ReturnType<typeof openCard>
const KEY: InjectionKey<OpenCard> = Symbol('open card')

/** The card the panel shows, for its parts. */
export function useOpenCard(): OpenCard {
  return inject(KEY)!
}

/**
 * All of one card: its face comes from the board, the rest is read here, again whenever the live
 * connection names the card. What is done to the rest is painted at once; while something of our
 * own is unanswered nothing is read over it.
 */
export function provideOpenCard(cardId: Id): OpenCard {
  const card = openCard(cardId)
  provide(KEY, card)
  return card
}

function openCard(cardId: Id) {
  const board = useBoard()
  const session = useSession()
  const details = shallowRef<CardDetails>()
  const fault = shallowRef<ApiError>()
  /** The words of the text that the next comment is about. */
  const quoted = shallowRef<CommentAnchor>()
  /** The comment on words of the text that somebody looks at. */
  const lookedAt = ref<Id>()
  const path = `/cards/${cardId}`
  let unanswered = 0

  const face = computed(() => board.cards.get(cardId) ?? details.value?.card)
  /** A card that is on the board but not yet on the server cannot be read. */
  const isMade = computed(() => board.info !== undefined && face.value?.number !== 0)
  const online = useOnline()
  const isAway = computed(() => !online.value || fault.value?.isAway === true)
  const isPutAway = computed(() => Boolean(details.value?.archivedAt ?? details.value?.deletedAt))
  const mayWrite = computed(() => board.mayWork(cardId) && !isPutAway.value)
  const mayPutAway = computed(() => board.mayPutAway(cardId))
  const mayComment = computed(() => board.mayComment && !isPutAway.value)

  /** Shows what was read, with what the server has not heard yet painted on it. */
  function show(read: CardDetails): void {
    const pending = board
      .pending()
      .filter(({ state, cardIds }) => state !== 'answered' && cardIds.includes(cardId))
    details.value = pending.reduce(
      (shown, command) => paintDetails(shown, { ...command, userId: session.me?.user.id ?? '' }),
      read,
    )
  }

  /** While the server is away or slow, a card that was open here lately is shown as it was then. */
  async function showKept(): Promise<void> {
    const read = await keptWhenSlow<CardDetails>(path, board.started)
    if (read && !details.value) show(read)
  }

  async function load(): Promise<void> {
    if (!isMade.value || unanswered > 0) return
    try {
      const read = await get<CardDetails>(path)
      void keepRead(path, read, read.boardId)
      if (unanswered > 0) return
      show(read)
      // The board does not say who made cards that are put away.
      if (read.createdBy === session.me?.user.id) board.addMade(cardId)
      fault.value = undefined
    } catch (thrown) {
      const error = asApiError(thrown)
      if (error.isGone) void forgetRead(path)
      if (!details.value || !error.isAway) fault.value = error
    }
  }

  const loadSoon = useDebounceFn(load, SETTLE_MS)
  watch(isMade, load, { immediate: true })
  void showKept()
  watch(online, (back) => void (back && load()))
  watch(() => board.cards.get(cardId), loadSoon)
  watch(
    () => board.news,
    (news) => {
      const about = news?.kind === 'events' ? news.events : []
      if (news?.kind === 'reset' || about.some((event) => event.cardId === cardId)) void loadSoon()
    },
  )

  /** Does something to the card, and shows it at once. */
  async function run(intent: Intent, options: RunOptions = {}): Promise<Sent | undefined> {
    if (details.value) {
      const wanted = {
        intent,
        givenAt: new Date().toISOString(),
        userId: session.me?.user.id ?? '',
      }
      details.value = paintDetails(details.value, wanted)
    }
    unanswered += 1
    const [sent] = await board.run(intent, { ...options, cardId })
    unanswered -= 1
    // Whoever asked goes on at once: what was saved must not wait for a read to be known as saved.
    void load()
    return sent
  }

  const may = { mayWrite, mayPutAway, mayComment }
  return { cardId, details, quoted, lookedAt, face, fault, isAway, isPutAway, ...may, load, run }
}

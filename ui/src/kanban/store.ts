import { useDebounceFn, useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { BoardMessage } from '#core/contracts/events.ts'
import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { may } from '#core/kernel/permissions.ts'
import { forgetRead, keepRead, keptWhenSlow } from '../offline/kept-reads.ts'
import { useProjects } from '../projects/store.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { takeEarly } from '../shell/early.ts'
import { get } from '../shell/http.ts'
import { useSession } from '../shell/session.ts'
import { BoardState } from './board-state.ts'
import { BoardSync } from './board-sync.ts'
import type { Intent, Sent } from './command.ts'
import { localDay } from './days.ts'
import { useOutbox } from './outbox.ts'
import { RecentBoards } from './recent-boards.ts'
import { Runner, type RunOptions } from './runner.ts'
import { useBoardLive } from './use-board-live.ts'
import { useCardRights } from './use-card-rights.ts'
import { useConflicts } from './use-conflicts.ts'

/** What is kept of a board is no older than this, and one with much news is not kept at each. */
const KEEP_WAIT_MS = 500
const KEEP_WAIT_MAX_MS = 3_000

const pathOf = (id: Id) => `/boards/${id}`

/**
 * The board that is open: what it shows, and the one way to change it. `run` paints in the same
 * frame and settles with the outcome; the rest (order, retries, what others do) happens below.
 */
export const useBoard = defineStore('board', () => {
  const outbox = useOutbox()
  const [session, projects] = [useSession(), useProjects()]
  const state = markRaw(new BoardState((id) => outbox.queue.of(id)))
  const runner = markRaw(
    new Runner(
      state,
      async (command) => await outbox.add(command),
      (about) => conflicts.ask(about),
    ),
  )
  const recent = new RecentBoards()
  const boardId = ref<Id>()
  const conflicts = useConflicts(boardId, (intent) => run(intent))
  /** What the live connection said last, for parts that show more of a card than its face. */
  const news = shallowRef<BoardMessage>()
  const fault = shallowRef<ApiError>()
  const now = shallowRef(new Date())
  const today = computed(() => localDay(now.value))
  let sync: BoardSync | undefined
  const live = useBoardLive({
    boardId,
    state,
    connected: () => sync?.connected(),
    message: heard,
    gone: () => void sync?.reload(),
  })

  outbox.listen({
    changed: (command) => command.boardId === boardId.value && state.repaint(command),
    settled: (command) => command.boardId === boardId.value && sync?.answered(),
  })

  useEventListener(document, 'visibilitychange', () => {
    now.value = new Date()
  })

  /**
   * Shows a board from now on, at once if it was shown lately. What is on its way to the server for
   * others goes on.
   */
  function open(id: Id): void {
    close()
    boardId.value = id
    now.value = new Date()
    sync = new BoardSync(id, {
      state,
      queue: outbox.queue,
      load: async () => {
        const [view] = await Promise.all([read(id), known()])
        void keepSoon()
        return view
      },
      resume: (place) => live.resume(place),
      failed,
    })
    const before = recent.of(id)
    if (before) state.take(before)
    else void showKept(id)
    void sync.reload()
  }

  /** While the server is away or slow, a board that was seen here lately is shown as it was then. */
  async function showKept(id: Id): Promise<void> {
    const view = await keptWhenSlow<BoardView>(pathOf(id), known(), outbox.started)
    if (view && boardId.value === id && !state.place) state.take(view)
  }

  /** Keeps what the server has told of the open board: our own changes are kept by themselves. */
  async function keepBoard(): Promise<void> {
    const { told } = state
    if (!told) return
    const { id, workspaceId, projectId } = told.board
    await keepRead(pathOf(id), told, `${workspaceId}/${projectId}`)
  }
  const keepSoon = useDebounceFn(keepBoard, KEEP_WAIT_MS, { maxWait: KEEP_WAIT_MAX_MS })

  async function read(id: Id): Promise<BoardView> {
    const path = pathOf(id)
    return (await takeEarly<BoardView>(path)) ?? (await get<BoardView>(path))
  }

  /**
   * A board takes keys and clicks from the moment it is seen, so by then it is known who does.
   * When that cannot be read, the board only reads; the page's other parts tell why.
   */
  async function known(): Promise<void> {
    if (!session.me) await session.load().catch(() => {})
  }

  function close(): void {
    if (state.told) recent.keep(state.told)
    void keepBoard()
    sync?.close()
    live.close()
    sync = undefined
    boardId.value = fault.value = undefined
    conflicts.clear()
    state.clear()
    runner.clear()
  }

  /** A board that was shown once is kept while the server is away; one that never was is not. */
  function failed(thrown: unknown): boolean {
    const error = asApiError(thrown)
    // Nothing of it stays in the page.
    if (error.isGone) {
      void forgetRead(pathOf(boardId.value!))
      state.clear()
      void projects.loadAnew()
    }
    if (!error.isAway) recent.forget(boardId.value!)
    if (!state.place || !error.isAway) fault.value = error
    return error.isAway
  }

  function heard(message: BoardMessage): void {
    sync?.receive(message)
    void keepSoon()
    news.value = message
    cardRights.hear(message)
  }

  /** Does one thing, or several as one gesture; settles when the last is done or refused. */
  async function run(intents: Intent | Intent[], options?: RunOptions): Promise<Sent[]> {
    const all = [intents].flat()
    cardRights.addMade(
      ...all.flatMap((one) => (one.type === 'card.create' ? (one.body.cardId ?? []) : [])),
    )
    return await runner.run(all, options)
  }

  const rights = computed(() => {
    const { workspaceId, projectId } = state.board.value ?? {}
    return session.rightsIn(workspaceId, projectId)
  })
  const isArchived = computed(() => Boolean(state.board.value?.archivedAt))
  const mayConfigure = computed(() => !isArchived.value && may(rights.value, 'board.configure'))
  const cardRights = useCardRights({
    state,
    rights,
    isOpen: computed(() => state.board.value !== undefined && !isArchived.value),
    userId: () => session.me?.user.id,
  })
  watch([() => state.board.value?.id, rights], ([id]) => {
    // Without the answer they see fewer ways to do what they may.
    if (id) void cardRights.readMade(id).catch(() => {})
  })
  /** What people call a card: CHK-118; one that the server has not numbered yet has no name. */
  function numberOf(cardId: Id): string {
    const number = state.cards.get(cardId)?.number ?? 0
    return number > 0 ? `${state.board.value?.project.key ?? ''}-${number}` : ''
  }

  return {
    boardId,
    info: state.board,
    socket: live.socket,
    columns: state.columns,
    cards: state.cards,
    cells: state.cells,
    labels: state.labels,
    members: state.members,
    bots: state.bots,
    presence: live.presence,
    news,
    fault,
    conflict: conflicts.conflict,
    today,
    isArchived,
    isByEvents: live.isByEvents,
    ...cardRights,
    mayConfigure,
    open,
    close,
    run,
    undo: () => runner.undo(),
    redo: () => runner.redo(),
    decide: conflicts.decide,
    compare: conflicts.compare,
    /** What the server has not taken of the open board, oldest first. */
    pending: () => outbox.queue.of(boardId.value ?? ''),
    /** What earlier pages have left is among that by then. */
    started: outbox.started,
    isKept: outbox.isKept,
    reload: async () => await sync?.reload(),
    showOpenCard: live.showOpenCard,
    showCarried: live.showCarried,
    numberOf,
    viewerOf: live.viewerOf,
  }
})

import { useDebounceFn, useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef, watch } from 'vue'
import type { BoardMessage, Presence } from '#core/contracts/events.ts'
import type { CardChanges } from '#core/contracts/kanban.ts'
import type { BoardView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { CARRIED_SHOWN_MAX } from '#core/kernel/limits.ts'
import { may } from '#core/kernel/permissions.ts'
import { initialsOf } from '../components/initials.ts'
import { forgetRead, keepRead, keptRead, slow } from '../offline/kept-reads.ts'
import { useProjects } from '../projects/store.ts'
import { accessToken } from '../shell/access.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import type { BoardSocket } from '../shell/board-socket.ts'
import type { BoardStream } from '../shell/board-stream.ts'
import { takeEarly } from '../shell/early.ts'
import { get } from '../shell/http.ts'
import { useLive } from '../shell/live.ts'
import { liveCode } from '../shell/parts.ts'
import { useSession } from '../shell/session.ts'
import { BoardState } from './board-state.ts'
import { BoardSync } from './board-sync.ts'
import type { Intent, Sent } from './command.ts'
import { type Conflict, keptConflict } from './conflict.ts'
import { localDay } from './days.ts'
import { useOutbox } from './outbox.ts'
import { RecentBoards } from './recent-boards.ts'
import { Runner, type RunOptions } from './runner.ts'
import { useCardRights } from './use-card-rights.ts'

/** The board is no longer there, or no longer for this person: nothing of it stays in the page. */
const GONE = [403, 404, 410]
/** When the code of the live connection did not come, it is asked for again. */
const CONNECT_WAIT_MS = 5_000
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
  const [session, projects, live] = [useSession(), useProjects(), useLive()]
  const state = markRaw(new BoardState((id) => outbox.queue.of(id)))
  /** They wait for the person to say which of two changes stays, one after the other. */
  const conflicts = shallowRef<readonly Conflict[]>([])
  const runner = markRaw(
    new Runner(
      state,
      async (command) => await outbox.add(command),
      (asked) => {
        conflicts.value = [...conflicts.value, asked]
      },
    ),
  )
  /** Conflicts of what was kept that the person wants to decide later. */
  const putOff = shallowRef<ReadonlySet<Id>>(new Set())
  const recent = new RecentBoards()
  const boardId = ref<Id>()
  const presence = shallowRef<readonly Presence[]>([])
  /** What the live connection said last, for parts that show more of a card than its face. */
  const news = shallowRef<BoardMessage>()
  const fault = shallowRef<ApiError>()
  const now = shallowRef(new Date())
  const today = computed(() => localDay(now.value))
  let sync: BoardSync | undefined
  const socket = shallowRef<BoardSocket>()
  /** Tells what happens where no socket comes through. */
  let stream: BoardStream | undefined
  /** What happens is told by events: texts can be read, and what is written in them would not go out. */
  const isByEvents = ref(false)
  let connecting: ReturnType<typeof setTimeout> | undefined
  let openCardId: Id | null = null
  let carriedIds: Id[] = []

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
      resume(place) {
        if (stream) stream.resume()
        else if (socket.value) socket.value.resume(place)
        else void connect(id)
      },
      failed,
    })
    const before = recent.of(id)
    if (before) state.take(before)
    else void showKept(id)
    void sync.reload()
  }

  /** While the server is away or slow, a board that was seen here lately is shown as it was then. */
  async function showKept(id: Id): Promise<void> {
    const kept = keptRead<BoardView>(pathOf(id))
    await Promise.all([known(), slow(), outbox.started])
    const view = await kept
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
    socket.value?.close()
    stream?.close()
    sync = socket.value = stream = undefined
    boardId.value = fault.value = undefined
    presence.value = conflicts.value = []
    state.clear()
    runner.clear()
  }

  /** A board that was shown once is kept while the server is away; one that never was is not. */
  function failed(thrown: unknown): boolean {
    const error = asApiError(thrown)
    if (GONE.includes(error.status)) {
      void forgetRead(pathOf(boardId.value!))
      state.clear()
      void projects.loadAnew()
    }
    if (!error.isAway) recent.forget(boardId.value!)
    if (!state.place || !error.isAway) fault.value = error
    return error.isAway
  }

  /** The first paint does not wait for the code of the live connection. */
  async function connect(id: Id): Promise<void> {
    const opened = await live.open()
    if (boardId.value !== id || socket.value) return
    clearTimeout(connecting)
    if (!opened) {
      connecting = setTimeout(() => void connect(id), CONNECT_WAIT_MS)
      return
    }
    socket.value = opened.code.openBoardSocket(opened.tab, id, {
      connected: () => {
        sync?.connected()
        outbox.wake()
      },
      message: heard,
      gone: () => void sync?.reload(),
      present: (others) => {
        presence.value = others
      },
    })
    showBlocked(live.isBlocked)
    socket.value.show('cardId', openCardId)
    if (carriedIds.length > 0) socket.value.show('carried', carriedIds)
  }

  function heard(message: BoardMessage): void {
    sync?.receive(message)
    void keepSoon()
    news.value = message
    cardRights.hear(message)
  }

  /** Follows the board by events while no socket comes through. */
  function showBlocked(isBlocked: boolean): void {
    const [id, code] = [boardId.value, liveCode.code]
    stream?.close()
    stream = undefined
    if (!isBlocked || id === undefined || !code) return
    stream = code.openBoardStream(id, {
      token: accessToken,
      place: () => state.place,
      message: heard,
      open(is) {
        isByEvents.value = is
        if (is) outbox.wake()
      },
    })
  }
  watch(() => live.isBlocked, showBlocked)

  const conflict = computed(() => {
    const kept = outbox.unanswered
      .filter((command) => command.boardId === boardId.value && !putOff.value.has(command.key))
      .flatMap((command) => keptConflict(command) ?? [])
    return conflicts.value[0] ?? kept[0]
  })

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
      conflicts.value = conflicts.value.slice(1)
      if (intent && !isNothing) void run(intent)
    } else if (changes === undefined) putOff.value = new Set([...putOff.value, key])
    else if (isNothing) outbox.giveUp(key)
    else outbox.askAnew(key, intent)
  }

  /** Shows a conflict that was put off, once its board is open. */
  function compare(key: Id): void {
    putOff.value = new Set([...putOff.value].filter((other) => other !== key))
  }

  /** Tells the others which card is open here. */
  function showOpenCard(cardId: Id | null): void {
    openCardId = cardId
    socket.value?.show('cardId', cardId)
  }

  /** Tells the others which cards are carried here, so that nobody takes them too. */
  function showCarried(cardIds: ReadonlySet<Id>): void {
    carriedIds = [...cardIds].slice(0, CARRIED_SHOWN_MAX)
    socket.value?.show('carried', carriedIds)
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
  const viewers = computed(() => new Map(presence.value.map((one) => [one.cardId, one.user])))
  const carriers = computed(() => {
    return new Map(
      presence.value.flatMap(({ carried = [], user }) => carried.map((id) => [id, user])),
    )
  })

  /** What people call a card: CHK-118; one that the server has not numbered yet has no name. */
  function numberOf(cardId: Id): string {
    const number = state.cards.get(cardId)?.number ?? 0
    return number > 0 ? `${state.board.value?.project.key ?? ''}-${number}` : ''
  }

  /** Somebody else who carries the card, or has it open. */
  function viewerOf(cardId: Id) {
    const carrier = carriers.value.get(cardId)
    const user = carrier ?? viewers.value.get(cardId)
    return user && { ...user, initials: initialsOf(user.name), carries: Boolean(carrier) }
  }

  return {
    boardId,
    info: state.board,
    socket,
    columns: state.columns,
    cards: state.cards,
    cells: state.cells,
    labels: state.labels,
    members: state.members,
    bots: state.bots,
    presence,
    news,
    fault,
    conflict,
    today,
    isArchived,
    isByEvents,
    ...cardRights,
    mayConfigure,
    open,
    close,
    run,
    undo: () => runner.undo(),
    redo: () => runner.redo(),
    decide,
    compare,
    /** What the server has not taken of the open board, oldest first. */
    pending: () => outbox.queue.of(boardId.value ?? ''),
    /** What earlier pages have left is among that by then. */
    started: outbox.started,
    isKept: outbox.isKept,
    reload: async () => await sync?.reload(),
    showOpenCard,
    showCarried,
    numberOf,
    viewerOf,
  }
})

import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, markRaw, ref, shallowRef } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { CommandKeeper } from '../offline/command-keeper.ts'
import { announce } from '../shell/announce.ts'
import { t } from '../shell/i18n/i18n.ts'
import { useOverlays } from '../shell/overlays.ts'
import { sayNotSaved } from '../shell/say-not-saved.ts'
import { toast } from '../shell/toasts.ts'
import type { Command, Fault, Intent, Sent } from './command.ts'
import { CommandQueue, type QueuePorts } from './command-queue.ts'
import type { Counts } from './queue-counts.ts'
import { keptConflict } from './conflict.ts'
import { sendCommand } from './send-command.ts'

/**
 * saved: the server has all. saving: it is being asked. offline: it is away, and what waits outlives
 * this page. unkept: it is away, and what waits ends with the page. failed: a person has to look.
 */
export type SyncState = 'saved' | 'saving' | 'offline' | 'unkept' | 'failed'

interface Listener {
  changed(command: Command): void
  settled(command: Command, sent: Sent): void
}

const NOTHING: Counts = { open: 0, failed: 0, unkept: 0, refused: 0 }

/** The commands of all boards on their way to the server; they outlive the board's page, and the browser's. */
export const useOutbox = defineStore('outbox', () => {
  const listeners = new Set<Listener>()
  const waiting = new Map<Command, (sent: Sent) => void>()
  const counts = shallowRef(NOTHING)
  const away = shallowRef(false)

  const keeper = new CommandKeeper((commands) => queue.adopt(commands))
  const ports = {
    send: sendCommand,
    keep: async (command) => await keeper.keep(command),
    forget: (key) => keeper.forget(key),
    changed: (command) => {
      count()
      for (const listener of listeners) listener.changed(command)
    },
    settled: (command, sent) => {
      for (const listener of listeners) listener.settled(command, sent)
      if (sent.kind === 'failed') return sayFailed(sent.error)
      // A conflict is asked about on its board.
      if (sent.kind === 'refused' && sent.isListed && !keptConflict(command)) sayRefused()
      waiting.get(command)?.(sent)
      waiting.delete(command)
    },
  } satisfies QueuePorts
  const queue = markRaw(new CommandQueue(ports))

  /** What earlier pages have left is here by then. */
  const started = Promise.withResolvers<void>()
  const isStarted = ref(false)
  let tries = 0

  /**
   * One sign for all that wait: trying again tries them all. The sign that was clicked is on its way
   * out and would take one of the same id with it, so after each try it has another.
   */
  function sayFailed(error: Fault): void {
    const retry = () => {
      tries += 1
      queue.retry()
    }
    sayNotSaved(error, { retry, id: `failed-${tries}` })
  }

  /** What was refused after whoever gave it has moved on is told once for all of it. */
  function sayRefused(): void {
    announce(t('unsaved.refused'))
    const action = { label: t('unsaved.look'), onClick: () => (useOverlays().unsaved = true) }
    toast(t('unsaved.refused'), { id: 'refused', action }, true)
  }

  function count(): void {
    counts.value = queue.counts()
    if (queue.away && !away.value) askToStay()
    away.value = queue.away
  }

  /** A browser that runs out of room throws away first what it was not asked to hold. */
  function askToStay(): void {
    if ('storage' in navigator) void navigator.storage.persist().catch(() => false)
  }

  const state = computed<SyncState>(() => {
    const { open, failed, refused: not, unkept } = counts.value
    if (failed + not > 0) return 'failed'
    if (open === 0) return 'saved'
    if (!away.value) return 'saving'
    return unkept > 0 ? 'unkept' : 'offline'
  })
  /** All that is not saved, in the order it was given; copies, for a command changes in its place. */
  const unanswered = computed<readonly Command[]>(() =>
    counts.value === NOTHING ? [] : queue.unanswered().map((command) => ({ ...command })),
  )
  const open = computed(() => counts.value.open)
  /** What a person still has to see, or the server to answer. */
  const unsaved = computed(() => open.value + counts.value.refused)

  /** Adds a command; settles when it was done or refused. */
  async function add(command: Command): Promise<Sent> {
    return await new Promise((resolve) => {
      waiting.set(command, resolve)
      queue.add(command)
    })
  }

  function listen(listener: Listener): void {
    listeners.add(listener)
  }

  /** Keeps in this person's name from now on, and goes on with what they left in this browser. */
  async function start(userId: Id): Promise<void> {
    await keeper.start(userId)
    queue.keepAll()
    started.resolve()
    isStarted.value = true
  }

  /** The network or the server may be back, or a tab gone that had something left. */
  function wake(): void {
    queue.wake()
    void keeper.takeOver()
  }

  /** Whether all that was added so far outlives the page; settles when that is known. */
  async function isKept(): Promise<boolean> {
    await queue.kept
    return counts.value.unkept === 0
  }

  /** What was refused or failed is wanted no more. */
  function giveUp(key: Id): void {
    const command = queue.giveUp(key)
    if (!command?.fault) return
    waiting.get(command)?.({ kind: 'refused', error: command.fault, isListed: true })
    waiting.delete(command)
  }

  /** They have signed out: nothing stays in the browser, and what is unsaved only in this page. */
  async function clear(): Promise<void> {
    queue.keptNoMore()
    await keeper.clear()
  }

  useEventListener(window, 'online', wake)
  useEventListener(document, 'visibilitychange', () => !document.hidden && wake())
  useEventListener(window, 'beforeunload', (event) => {
    if (counts.value.unkept > 0) event.preventDefault()
  })

  return {
    counts,
    state,
    open,
    unsaved,
    unanswered,
    add,
    listen,
    start,
    started: started.promise,
    isStarted,
    wake,
    isKept,
    clear,
    retry: () => queue.retry(),
    askAnew: (key: Id, intent?: Intent) => queue.askAnew(key, intent),
    giveUp,
    queue,
  }
})

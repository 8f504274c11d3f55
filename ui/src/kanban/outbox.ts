import { useEventListener } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import { CommandQueue, type QueuePorts } from './command-queue.ts'
import type { Command, Fault, Sent } from './command.ts'
import { sendCommand } from './send-command.ts'
import { sayNotSaved } from '../shell/say-not-saved.ts'

export type SyncState = 'saved' | 'saving' | 'offline' | 'failed'

interface Listener {
  changed(command: Command): void
  settled(command: Command, sent: Sent): void
}

/** The commands of all boards on their way to the server; they outlive the board's page. */
export const useOutbox = defineStore('outbox', () => {
  const listeners = new Set<Listener>()
  const waiting = new Map<Command, (sent: Sent) => void>()
  const sync = shallowRef({ open: 0, failed: 0, away: false })

  const ports = {
    send: sendCommand,
    changed: (command: Command) => {
      count()
      for (const listener of listeners) listener.changed(command)
    },
    settled: (command: Command, sent: Sent) => {
      for (const listener of listeners) listener.settled(command, sent)
      if (sent.kind === 'failed') return sayFailed(sent.error)
      waiting.get(command)?.(sent)
      waiting.delete(command)
    },
  } satisfies QueuePorts
  const queue = markRaw(new CommandQueue(ports))

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

  function count(): void {
    const now = { ...queue.counts(), away: queue.away }
    const { open, failed, away } = sync.value
    if (now.open !== open || now.failed !== failed || now.away !== away) sync.value = now
  }

  const state = computed<SyncState>(() => {
    const { open, failed, away } = sync.value
    if (failed > 0) return 'failed'
    if (open === 0) return 'saved'
    return away ? 'offline' : 'saving'
  })
  const open = computed(() => sync.value.open)

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

  useEventListener(window, 'online', () => queue.wake())
  useEventListener(window, 'beforeunload', (event) => {
    if (open.value > 0) event.preventDefault()
  })

  return {
    state,
    open,
    add,
    listen,
    retry: () => queue.retry(),
    queue,
  }
})

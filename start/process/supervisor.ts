import { setTimeout as sleep } from 'node:timers/promises'
import type { Component, Life } from './component.ts'
import { lastWords, launch } from './component.ts'
import { killGroup, stopGroup } from './group.ts'
import type { RunningList } from './running.ts'
import { runningList } from './running.ts'
import { watch } from './watch.ts'

const DEATHS_MAX = 5
const DEATHS_WITHIN_MS = 60_000
const FIRST_PAUSE_MS = 250
const ASK_EVERY_MS = 50

type Options = {
  /** Where to note what runs, for the watcher and for the start after a crash. */
  file: string
  /** Names of components, the first to stop first. */
  stopOrder: readonly string[]
  say: (line: string) => void
  /** Called once when a component cannot be kept alive. */
  giveUp: (why: Error) => void
}

export type Supervisor = {
  /** Keeps the component alive from now on; fulfils when it is usable for the first time. */
  keep: (component: Component) => Promise<void>
  /** Stops all components in their order. */
  stop: () => Promise<void>
  /** Kills all components. */
  kill: () => void
}

/** What all components of one supervisor share. */
type House = { running: RunningList; stopping: AbortSignal; say: (line: string) => void }

/**
 * Keeps components alive.
 *
 * A component is *starting* until its probe fulfils, then *usable* until its process ends. After
 * an end it *pauses*, twice as long each time, and starts again. One that is not usable within
 * its limit is killed, which is an end too. The fifth end within a minute is the last: the
 * supervisor gives up, and whoever owns it stops the rest.
 */
export function supervisor({ file, stopOrder, say, giveUp }: Options): Supervisor {
  const running = runningList(file, stopOrder)
  const kept = new Set<Promise<void>>()
  const sendWatcherAway = watch(file)
  const stopping = new AbortController()
  const house = { running, stopping: stopping.signal, say }

  return {
    async keep(component) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const end = keepAlive(component, house, resolve).catch((error: Error) => {
        reject(error)
        giveUp(error)
      })
      kept.add(end)
      await promise
    },
    async stop() {
      stopping.abort()
      for (const group of running.groups()) await stopGroup(group)
      await Promise.all(kept)
      sendWatcherAway()
    },
    kill() {
      stopping.abort()
      for (const group of running.groups()) killGroup(group)
      sendWatcherAway()
    },
  }
}

/** One life after the other, until all is stopped; throws after too many deaths. */
async function keepAlive(component: Component, house: House, usable: () => void): Promise<void> {
  const { stopping, say } = house
  const { name } = component
  let deaths: number[] = []
  while (!stopping.aborted) {
    const how = await live(component, house, usable)
    if (stopping.aborted) return

    const now = performance.now()
    deaths = [...deaths.filter((at) => now - at < DEATHS_WITHIN_MS), now]
    if (deaths.length >= DEATHS_MAX) throw new Error(epitaph(component, how))
    const pauseMs = FIRST_PAUSE_MS * 2 ** (deaths.length - 1)
    say(`${name} ended (${how}); it starts again in ${pauseMs / 1000} s.`)
    await sleep(pauseMs, undefined, { signal: stopping }).catch(() => {})
  }
}

/** One life of the component, from its start to its end; gives how it ended. */
async function live(
  component: Component,
  { running, say }: House,
  usable: () => void,
): Promise<string> {
  const life = launch(component)
  const end = () => life.group && killGroup(life.group)
  running.note(component.name, life.group)
  void untilUsable(component, life)
    .then((isUsable) => isUsable && usable())
    .catch((error: Error) => {
      say(error.message)
      end()
    })
  const how = await life.ended
  end()
  running.note(component.name, undefined)
  return how
}

/** Asks the component's probe until it fulfils or the life is over; rejects when time is up. */
async function untilUsable(component: Component, { ended }: Life): Promise<boolean> {
  const { name, ready, readyLimitMs } = component
  const deadline = performance.now() + readyLimitMs
  let over = false
  void ended.then(() => (over = true))
  while (!over) {
    if (await succeeds(ready)) return true
    if (performance.now() > deadline) {
      throw new Error(`${name} was not usable within ${readyLimitMs / 1000} s.`)
    }
    await sleep(ASK_EVERY_MS)
  }
  return false
}

async function succeeds(probe: () => Promise<void>): Promise<boolean> {
  try {
    await probe()
    return true
  } catch {
    return false
  }
}

function epitaph(component: Component, how: string): string {
  const seconds = DEATHS_WITHIN_MS / 1000
  const what = `${component.name} ended ${DEATHS_MAX} times within ${seconds} s (${how}).`
  return `${what}\n${lastWords(component)}`
}

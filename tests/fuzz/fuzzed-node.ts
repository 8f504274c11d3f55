import { setTimeout as sleep } from 'node:timers/promises'
import type { CollabSettings } from '#collab/collab.ts'
import { killableCollab, type Killable } from '#tests/support/killable.ts'
import { faultyLink, through, type FaultyLink } from './faulty-link.ts'

export const LINK_NAMES = ['people', 'redis', 'postgres'] as const
type LinkName = (typeof LINK_NAMES)[number]

const START_AGAIN_AFTER_MS = 200
/** Nobody listens there. */
const NOWHERE = 9

/** A process of collab behind links that can fail: to the people, to Redis and to Postgres. */
export interface FuzzedNode {
  readonly links: Readonly<Record<LinkName, FaultyLink>>
  /** Kills it as a power cut does; another takes its place, where people find it as before. */
  kill(): Promise<void>
  /** Resolves when there is one. */
  up(): Promise<void>
  /** Whether it has ended without having been killed. */
  hasDied(): boolean
  close(): Promise<void>
}

export async function fuzzedNode(url: string, settings: CollabSettings): Promise<FuzzedNode> {
  let running: Killable | null = null
  let isClosing = false
  const portOf = (address: string) => Number(new URL(address).port)
  const links = {
    people: await faultyLink(() => running?.port ?? NOWHERE),
    redis: await faultyLink(() => portOf(settings.REDIS_URL)),
    postgres: await faultyLink(() => portOf(url)),
  }

  /** Cut off from Postgres none can start. */
  async function start(): Promise<Killable | null> {
    while (!isClosing) {
      const own = { ...settings, REDIS_URL: through(links.redis, settings.REDIS_URL) }
      const node = await killableCollab(through(links.postgres, url), own).catch(() => null)
      if (node) return node
      await sleep(START_AGAIN_AFTER_MS)
    }
    return null
  }

  running = await start()
  // Starting takes longer than most stories, so the next one stands by.
  let next = start()
  let taken = Promise.resolve()
  async function takeNext(): Promise<void> {
    running = await next
    next = start()
  }

  return {
    links,
    hasDied: () => running?.hasEnded() ?? false,
    up: () => taken,
    async kill() {
      const killed = running
      running = null
      await killed?.kill()
      if (killed) taken = takeNext()
    },
    async close() {
      isClosing = true
      for (const link of Object.values(links)) link.fail('cut')
      await taken
      await running?.kill()
      await (await next)?.kill()
      await Promise.all(Object.values(links).map((link) => link.close()))
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'

/** How many open a connection at one time. */
export const AT_ONCE = 25

/** Does something for each of many, only so many at a time. */
export async function eachOf<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next
      next += 1
      results[index] = await work(items[index]!, index)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}

const LOOK_EVERY_MS = 20

/** Looks again and again until what it sees is as wanted, and answers that; throws after the limit. */
export async function waitFor<Seen>(
  look: () => PromiseLike<Seen>,
  isWanted: (seen: Seen) => boolean,
  limitMs: number,
): Promise<Seen> {
  const endMs = performance.now() + limitMs
  while (performance.now() < endMs) {
    const seen = await look()
    if (isWanted(seen)) return seen
    await sleep(LOOK_EVERY_MS)
  }
  throw new Error(`It did not come about within ${limitMs} ms.`)
}

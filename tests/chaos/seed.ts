import { randomInt } from 'node:crypto'

const SEED_MAX = 2 ** 31

/** The seeds of this run: CHAOS_SEED replays one, CHAOS_SEEDS says how many new ones to try. */
export function seeds(): number[] {
  const { CHAOS_SEED, CHAOS_SEEDS = '1' } = process.env
  if (CHAOS_SEED) return [Number(CHAOS_SEED)]
  return Array.from({ length: Number(CHAOS_SEEDS) }, () => randomInt(SEED_MAX))
}

/** Choices that are the same for the same seed. */
export interface Dice {
  /** A whole number from 0 to `sides - 1`. */
  readonly below: (sides: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
}

/** Mulberry32: 32 bits of state are plenty for choosing which card goes where. */
export function dice(seed: number): Dice {
  let state = seed
  const below = (sides: number) => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return Math.floor((((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32) * sides)
  }
  return { below, pick: (items) => items[below(items.length)]! }
}

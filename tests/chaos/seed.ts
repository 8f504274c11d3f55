import { randomInt } from 'node:crypto'
import { seeded } from '#tests/support/seeded.ts'

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

/** Dice for choosing which card goes where. */
export function dice(seed: number): Dice {
  const random = seeded(seed)
  const below = (sides: number) => Math.floor(random() * sides)
  return { below, pick: (items) => items[below(items.length)]! }
}

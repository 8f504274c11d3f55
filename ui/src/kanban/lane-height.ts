import type { CardFace } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { density } from '../shell/density.ts'
import { CARD_PX, heightOf } from './card-heights.ts'
import type { Lane } from './swimlanes.ts'

/** The button below the cards, and room for a guess that was a little short. */
const REST_PX = 56
const HEIGHT_MAX_PX = 400
const TITLE_PX = 40

/** A lane is as high as its fullest cell, up to a limit; a fuller cell scrolls by itself. */
export function laneHeight({ cells }: Lane, find: (id: Id) => CardFace | undefined): number {
  const { gap } = CARD_PX[density.value]
  let highest = 0
  for (const ids of cells.values()) {
    let height = REST_PX
    for (const id of ids) {
      if (height >= HEIGHT_MAX_PX) break
      height += heightOf(find(id)) + gap
    }
    highest = Math.max(highest, height)
  }
  return Math.min(HEIGHT_MAX_PX, highest)
}

/** A guess for lanes that were not in view yet, with their title. */
export const LANE_HEIGHT_PX = HEIGHT_MAX_PX + TITLE_PX

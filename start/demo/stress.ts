import type { CardDraft, ProjectDraft } from './draft.ts'
import { ann, jon, mia } from './people.ts'
import { randomFrom } from './random.ts'
import { TITLES } from './team-titles.ts'

const SEED = 5_000
const COLUMNS = 40
const CARDS_PER_COLUMN = 125
const LABELS = { North: 'teal', East: 'amber', South: 'pink', West: 'blue' } as const

/** A board of 5,000 cards over 40 columns, to see that it stays fast. */
export function stress(now: Date): ProjectDraft {
  const random = randomFrom(SEED)
  const titles = Object.values(TITLES).flat()
  const card = (): CardDraft => ({
    title: random.pick(titles),
    labels: random.chance(0.6) ? [random.pick(Object.keys(LABELS))] : [],
    assignees: random.chance(0.5) ? [random.pick([ann, jon, mia])] : [],
    ...(random.chance(0.3) && { priority: random.between(1, 4) }),
    ...(random.chance(0.3) && { points: random.pick([1, 2, 3, 5, 8]) }),
    createdAt: now,
    createdBy: ann,
  })
  return {
    name: 'Load test',
    key: 'LOAD',
    labels: LABELS,
    board: {
      name: 'Stress',
      columns: Array.from({ length: COLUMNS }, (_, index) => ({
        name: `Lane ${index + 1}`,
        cards: Array.from({ length: CARDS_PER_COLUMN }, card),
      })),
    },
  }
}

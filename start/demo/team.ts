import type { Colour } from '#core/contracts/fields.ts'
import type { CardDraft, ColumnDraft, CommentDraft, ProjectDraft } from './draft.ts'
import { ann, jon, mia, ravi, type Person } from './people.ts'
import { randomFrom, type Random } from './random.ts'
import { CHECKLISTS, COMMENTS, DESCRIPTIONS, QUESTIONS } from './team-texts.ts'
import { TITLES, type Area } from './team-titles.ts'

const SEED = 72
const DAY_MS = 24 * 3_600 * 1_000
const WORKERS = [ann, jon, mia]

const LABELS: Readonly<Record<Area, Colour>> = {
  Payments: 'blue',
  Bug: 'red',
  UX: 'green',
  Infra: 'amber',
  Mobile: 'violet',
  Docs: 'teal',
  Compliance: 'orange',
  Growth: 'pink',
}

/** What else a card of an area may be about. */
const RELATED: Readonly<Partial<Record<Area, readonly Area[]>>> = {
  Bug: ['UX', 'Mobile', 'Payments'],
  UX: ['Mobile'],
  Payments: ['Infra', 'Compliance'],
  Mobile: ['UX'],
}

/** How cards look in a column: who and what they have, and how far they are. */
interface Stage {
  readonly name: string
  /** The last stage takes what is left. */
  readonly cards: number
  readonly wipLimit?: number
  readonly assigned: number
  readonly estimated: number
  readonly dated: number
  readonly talkedAbout: number
  /** Share of checklist items that are done. */
  readonly finished: number
  /** Due dates lie between so many days from today. */
  readonly dueDays: readonly [from: number, to: number]
  readonly ageDays: readonly [from: number, to: number]
}

const STAGES: readonly Stage[] = [
  {
    name: 'Backlog',
    cards: 110,
    assigned: 0.2,
    estimated: 0.3,
    dated: 0.08,
    talkedAbout: 0.15,
    finished: 0,
    dueDays: [12, 60],
    ageDays: [20, 200],
  },
  {
    name: 'Ready',
    cards: 52,
    assigned: 0.6,
    estimated: 0.9,
    dated: 0.3,
    talkedAbout: 0.35,
    finished: 0.1,
    dueDays: [4, 30],
    ageDays: [10, 90],
  },
  {
    name: 'In progress',
    cards: 14,
    wipLimit: 15,
    assigned: 1,
    estimated: 1,
    dated: 0.7,
    talkedAbout: 0.8,
    finished: 0.5,
    dueDays: [-1, 9],
    ageDays: [5, 60],
  },
  {
    name: 'Review',
    cards: 8,
    wipLimit: 8,
    assigned: 1,
    estimated: 1,
    dated: 0.6,
    talkedAbout: 0.9,
    finished: 0.9,
    dueDays: [-2, 4],
    ageDays: [8, 70],
  },
  {
    name: 'Done',
    cards: Infinity,
    assigned: 0.95,
    estimated: 0.9,
    dated: 0,
    talkedAbout: 0.5,
    finished: 1,
    dueDays: [0, 0],
    ageDays: [30, 240],
  },
]

/** The board of a team in the middle of its work. */
export function team(now: Date): ProjectDraft {
  const random = randomFrom(SEED)
  const all = (Object.keys(TITLES) as Area[]).flatMap((area) =>
    TITLES[area].map((title) => ({ area, title })),
  )
  const waiting = random.shuffled(all)
  const columns = STAGES.map((stage): ColumnDraft => {
    const cards = waiting.splice(0, stage.cards).map((each) => aCard(random, now, stage, each))
    const { name, wipLimit } = stage
    return { name, cards, ...(wipLimit !== undefined && { wipLimit }) }
  })
  return { name: 'Checkout', key: 'CHK', labels: LABELS, board: { name: 'Team', columns } }
}

function aCard(
  random: Random,
  now: Date,
  stage: Stage,
  { area, title }: { area: Area; title: string },
): CardDraft {
  const createdAt = new Date(now.getTime() - random.between(...stage.ageDays) * DAY_MS)
  const owner = random.pick(WORKERS)
  const assignees = random.chance(stage.assigned) ? [owner] : []
  if (assignees.length > 0 && random.chance(0.12)) assignees.push(otherThan(random, owner))
  return {
    title,
    createdAt,
    createdBy: random.pick(WORKERS),
    labels: labelsOf(random, area),
    assignees,
    ...(random.chance(0.75) && { description: random.pick(DESCRIPTIONS[area]) }),
    ...(random.chance(stage.estimated) && { points: random.pick([1, 2, 3, 3, 5, 5, 8, 13]) }),
    ...(random.chance(0.55) && { priority: random.pick([1, 2, 2, 3, 3, 3, 4]) }),
    ...(random.chance(stage.dated) && { dueOn: dueOn(random, now, stage) }),
    ...(random.chance(0.04) && { colour: random.pick(['amber', 'violet', 'teal'] as const) }),
    ...(random.chance(0.35) && { checklist: checklistOf(random, stage) }),
    ...(random.chance(stage.talkedAbout) && { comments: talk(random, now, createdAt, owner) }),
  }
}

const otherThan = (random: Random, person: Person): Person =>
  random.pick(WORKERS.filter((each) => each !== person))

function labelsOf(random: Random, area: Area): Area[] {
  const related = RELATED[area]
  return related && random.chance(0.3) ? [area, random.pick(related)] : [area]
}

const dueOn = (random: Random, now: Date, { dueDays }: Stage): string =>
  new Date(now.getTime() + random.between(...dueDays) * DAY_MS).toISOString().slice(0, 10)

function checklistOf(random: Random, { finished }: Stage): NonNullable<CardDraft['checklist']> {
  const steps = random.pick(CHECKLISTS)
  const done = Math.round(steps.length * finished)
  return steps.map((text, index) => ({ text, done: index < done }))
}

/** Some remarks since the card was made; now and then somebody is asked something. */
function talk(random: Random, now: Date, since: Date, owner: Person): CommentDraft[] {
  const times = Array.from({ length: random.between(1, 5) }, () =>
    random.between(since.getTime(), now.getTime()),
  ).sort((a, b) => a - b)
  return times.map((at): CommentDraft => {
    const author = random.pick([...WORKERS, otherThan(random, owner)])
    if (author === owner || !random.chance(0.15)) {
      return { author, text: random.pick(COMMENTS), at: new Date(at) }
    }
    const asks = random.chance(0.1) ? ravi : owner
    const text = `@${asks.name.split(' ')[0]} ${random.pick(QUESTIONS)}`
    return { author, text, at: new Date(at), asks }
  })
}

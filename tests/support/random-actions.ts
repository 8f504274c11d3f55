import type { ActionBody, ActionType } from '#core/contracts/actions.ts'
import type { Outcome } from '#core/contracts/command.ts'
import { COLOURS } from '#core/kernel/choices.ts'

/** An action somebody could ask for, which may well be refused. */
export type Wish = {
  [Type in ActionType]: readonly [type: Type, targetId: string, body: ActionBody<Type>]
}[ActionType]

/** What people know of by now, whatever has become of it. */
export interface World {
  readonly actors: readonly string[]
  readonly projects: string[]
  readonly boards: string[]
  readonly columns: string[]
  /** The board of each column. */
  readonly boardOf: Map<string, string>
  readonly labels: string[]
  readonly cards: string[]
  readonly comments: string[]
  readonly items: string[]
  /** The commands each actor may want to take back. */
  readonly done: Map<string, string[]>
}

export interface Dice {
  readonly pick: <Item>(from: readonly Item[]) => Item | undefined
  readonly chance: (share: number) => boolean
  readonly number: (below: number) => number
}

export function dice(random: () => number): Dice {
  const number = (below: number) => Math.floor(random() * below)
  return { number, pick: (from) => from[number(from.length)], chance: (share) => random() < share }
}

type Maker = (world: World, dice: Dice, actorId: string) => Wish | undefined

/** An action on something that is known; undefined while there is nothing of the kind. */
const on =
  <Type extends ActionType>(
    kind: 'projects' | 'boards' | 'columns' | 'labels' | 'cards' | 'comments' | 'items',
    type: Type,
    body: (world: World, dice: Dice) => object = () => ({}),
  ): Maker =>
  (world, dice) => {
    const targetId = dice.pick(world[kind])
    const wanted = body(world, dice)
    if (targetId === undefined || Object.values(wanted).includes(undefined)) return undefined
    return [type, targetId, wanted] as unknown as Wish
  }

const word = ({ number }: Dice) => `Word ${number(1_000)}`
const place = (ids: readonly string[], { pick, chance }: Dice) => {
  const beside = pick(ids)
  if (beside === undefined || chance(0.3)) return {}
  return chance(0.5) ? { before: beside } : { after: beside }
}
const changes = (dice: Dice) => ({
  ...(dice.chance(0.5) && { title: word(dice) }),
  ...(dice.chance(0.3) && { points: dice.chance(0.3) ? null : 1 + dice.number(21) }),
  ...(dice.chance(0.3) && { priority: dice.chance(0.3) ? null : 1 + dice.number(4) }),
  ...(dice.chance(0.3) && { colour: dice.pick([...COLOURS, null]) }),
  ...(dice.chance(0.3) && { dueOn: dice.pick(['2026-12-24', '2027-01-01', null]) }),
  description: word(dice),
})

const createCard: Maker = (world, dice) => {
  const columnId = dice.pick(world.columns)!
  const body = {
    columnId,
    title: word(dice),
    ...(dice.chance(0.3) && { labels: world.labels.slice(-1) }),
    ...(dice.chance(0.3) && { assignees: [dice.pick(world.actors)!] }),
    ...place(world.cards, dice),
  }
  return ['card.create', world.boardOf.get(columnId)!, body]
}

/** On few cards: only in a long list do places meet. */
const addItem: Maker = (world, dice) => {
  const cardId = dice.pick(world.cards.slice(0, 2))
  if (cardId === undefined) return undefined
  return ['checklist.add', cardId, { text: word(dice), ...place(world.items, dice) }]
}

const undo: Maker = (world, { pick }, actorId) => {
  const commandId = pick(world.done.get(actorId)?.slice(-10) ?? [])
  return commandId === undefined ? undefined : ['undo', commandId, { commandId }]
}

/** How often each kind of action is asked for, and with what. */
const MAKERS: readonly (readonly [weight: number, make: Maker])[] = [
  [12, createCard],
  [
    24,
    on('cards', 'card.move', (world, dice) => ({
      columnId: dice.pick(world.columns),
      ...place(world.cards, dice),
    })),
  ],
  [
    12,
    on('cards', 'card.edit', (_, dice) => ({
      baseVersion: 1 + dice.number(40),
      changes: changes(dice),
    })),
  ],
  [4, on('cards', 'card.assign', (world, { pick }) => ({ userId: pick(world.actors) }))],
  [3, on('cards', 'card.unassign', (world, { pick }) => ({ userId: pick(world.actors) }))],
  [2, on('cards', 'card.archive')],
  [6, on('cards', 'card.restore')],
  [2, on('cards', 'card.delete')],
  [7, on('cards', 'card.recover')],
  [6, on('cards', 'comment.add', (_, dice) => ({ text: word(dice) }))],
  [4, on('comments', 'comment.edit', (_, dice) => ({ text: word(dice) }))],
  [4, on('comments', 'comment.delete')],
  [4, on('comments', 'comment.recover')],
  [3, on('comments', 'comment.resolve')],
  [3, on('comments', 'comment.reopen')],
  [8, addItem],
  [3, on('items', 'checklist.edit', (_, { chance }) => ({ done: chance(0.6) }))],
  [4, on('items', 'checklist.move', (world, dice) => place(world.items, dice))],
  [4, on('items', 'checklist.remove')],
  [6, on('items', 'checklist.recover')],
  [
    2,
    on('boards', 'column.create', (world, dice) => ({
      name: word(dice),
      ...place(world.columns, dice),
    })),
  ],
  [2, on('columns', 'column.rename', (_, dice) => ({ name: word(dice) }))],
  [3, on('columns', 'column.move', (world, dice) => place(world.columns, dice))],
  [
    2,
    on('columns', 'column.limit', (_, { number, chance }) => ({
      wipLimit: chance(0.5) ? null : 1 + number(6),
      wipMode: chance(0.5) ? 'warn' : 'block',
    })),
  ],
  [1, on('columns', 'column.archive')],
  [3, on('columns', 'column.restore')],
  [2, on('projects', 'label.create', (_, dice) => ({ name: word(dice), colour: 'red' }))],
  [2, on('labels', 'label.edit', (_, { pick }) => ({ colour: pick(COLOURS) }))],
  [1, on('labels', 'label.delete')],
  [2, on('labels', 'label.recover')],
  [1, on('boards', 'board.rename', (_, dice) => ({ name: word(dice) }))],
  [0.6, on('boards', 'board.archive')],
  [3, on('boards', 'board.restore')],
  [0.5, on('projects', 'project.rename', (_, dice) => ({ name: word(dice) }))],
  [0.4, on('projects', 'project.archive')],
  [2, on('projects', 'project.restore')],
  [4, on('cards', 'card.label', (world, { pick }) => ({ labelId: pick(world.labels) }))],
  [2, on('cards', 'card.unlabel', (world, { pick }) => ({ labelId: pick(world.labels) }))],
  [20, undo],
]
const WEIGHT = MAKERS.reduce((sum, [weight]) => sum + weight, 0)

/** The next thing an actor asks for. */
export function randomWish(world: World, dice: Dice, actorId: string): Wish {
  for (;;) {
    let left = dice.number(WEIGHT * 10) / 10
    const maker = MAKERS.find(([weight]) => (left -= weight) < 0)
    const wish = maker?.[1](world, dice, actorId)
    if (wish) return wish
  }
}

/** Lets the people know of what an action made. */
export function learn(world: World, actorId: string, outcome: Outcome): void {
  if (outcome.status === 'refused') return
  world.done.set(actorId, [...(world.done.get(actorId) ?? []), outcome.commandId])
  const made = {
    card: 'cards',
    column: 'columns',
    label: 'labels',
    comment: 'comments',
    item: 'items',
  }
  const { column, boardId } = outcome.result as { column?: { id: string }; boardId?: string }
  if (column && boardId) world.boardOf.set(column.id, boardId)
  for (const [key, kind] of Object.entries(made)) {
    const thing = outcome.result[key] as { id: string } | undefined
    const known = world[kind as 'cards']
    if (thing && !known.includes(thing.id)) known.push(thing.id)
  }
}

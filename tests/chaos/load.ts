import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { aBoard, aMember, manyCards, type SomeBoard } from '#tests/support/fixtures.ts'
import { PersistentClient, type Answered, type Wish } from './client.ts'
import type { Installation } from './installation.ts'
import type { Dice } from './seed.ts'

const CLIENTS = 8
const CARDS = 60
const COLUMNS = ['Ideas', 'To do', 'Doing', 'Done']
/** How often each kind of action is asked for; the order is thrown. */
const ACTIONS = { move: 300, create: 24, edit: 24, comment: 40 }

/** A board, and people who work on it. */
export interface Team {
  readonly board: SomeBoard
  readonly cardIds: readonly string[]
  readonly userIds: readonly string[]
}

/** What one of the people asked for, and what was answered. */
export type Deed = Answered & { readonly userId: string; readonly kind: keyof typeof ACTIONS }

export async function aTeam({ database }: Installation): Promise<Team> {
  const board = await aBoard(database, { columns: COLUMNS })
  const cardIds = await manyCards(database, board, CARDS)
  const userIds: string[] = []
  for (let count = 0; count < CLIENTS; count += 1) {
    userIds.push(await aMember(database, board, 'member', { name: `Member ${count}` }))
  }
  return { board, cardIds, userIds }
}

/**
 * Has the people of a team work at the same time until all that the dice say is answered.
 * `strike` is called once, somewhere in the middle.
 */
export async function work(
  { url, keys }: Installation,
  team: Team,
  dice: Dice,
  strike: () => Promise<void>,
): Promise<Deed[]> {
  const plan = planOf(team, dice)
  const middle = Math.floor(plan.length / 3) + dice.below(Math.floor(plan.length / 3))
  const deeds: Deed[] = []
  let struck = Promise.resolve()
  const person = async (userId: string) => {
    const client = new PersistentClient(url, await signToken(keys, 'api', userId))
    for (const { kind, wish } of plan.filter((each) => each.userId === userId)) {
      deeds.push({ ...(await client.send(wish)), userId, kind })
      if (deeds.length === middle) struck = strike()
    }
  }
  await Promise.all(team.userIds.map(person))
  await struck
  return deeds
}

/** Who asks for what, in the order of each; the same for the same dice. */
function planOf(team: Team, dice: Dice): { userId: string; kind: Deed['kind']; wish: Wish }[] {
  const kinds = (Object.keys(ACTIONS) as Deed['kind'][]).flatMap((kind) =>
    Array<Deed['kind']>(ACTIONS[kind]).fill(kind),
  )
  return shuffled(kinds, dice).map((kind, index) => {
    const userId = team.userIds[index % team.userIds.length]!
    return { userId, kind, wish: WISHES[kind](team, userId, dice) }
  })
}

type MakeWish = (team: Team, userId: string, dice: Dice) => Wish

const WISHES: Readonly<Record<Deed['kind'], MakeWish>> = {
  move: ({ board, cardIds }, _, { pick, below }) => ({
    method: 'POST',
    path: `/cards/${pick(cardIds)}/move`,
    body: {
      columnId: pick(Object.values(board.columns)),
      ...[{}, { before: pick(cardIds) }, { after: pick(cardIds) }][below(3)],
    },
  }),
  create: ({ board }, _, { pick }) => ({
    method: 'POST',
    path: `/boards/${board.boardId}/cards`,
    body: { columnId: pick(Object.values(board.columns)), title: `Made ${newId()}` },
  }),
  edit: ({ cardIds }, _, { pick, below }) => ({
    method: 'PATCH',
    path: `/cards/${pick(cardIds)}`,
    body: { baseVersion: 1, changes: { points: 1 + below(21), title: `Now ${newId()}` } },
  }),
  comment: ({ cardIds, userIds }, userId, { pick }) => {
    const others = userIds.filter((id) => id !== userId)
    const mentions = [...new Set([pick(others), pick(others)])]
    const body = { text: `Seen ${newId()}`, mentions }
    return { method: 'POST', path: `/cards/${pick(cardIds)}/comments`, body }
  },
}

function shuffled<Item>(items: readonly Item[], { below }: Dice): Item[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1)
    ;[order[last], order[other]] = [order[other]!, order[last]!]
  }
  return order
}

import * as Y from 'yjs'
import { applyStored, storedText } from '#activities/texts/queries.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aPerson, type Person } from './person.ts'
import { PEOPLE } from './steps.ts'
import type { World } from './world.ts'

const SHORT_TOKEN_S = 1

/** Something that must never be; the message says what. */
export class Broken extends Error {}

/** Where somebody sits at the card: the same rights at the same process, whoever it is. */
export interface Seat {
  readonly index: number
  readonly userId: string
  readonly node: number
  person: Person
  /** What those who sat here before had written, to tell their lines from another's. */
  turn: number
  /** The next token it asks for is over soon. */
  isTokenShort: boolean
}

/** A card that people write in together, at two processes. */
export interface Scene {
  readonly world: World
  readonly board: SomeBoard
  readonly cardId: string
  readonly seats: readonly Seat[]
  /** What people were told is saved who are gone by now, with all they had. */
  readonly savedBefore: string[]
  /** Lines somebody took away. */
  readonly struck: Set<string>
}

export async function aScene(world: World): Promise<Scene> {
  const board = await aBoard(world.database)
  const cardId = await aCard(world.database, board, { description: 'It fails.' })
  const seats: Seat[] = []
  const scene = { world, board, cardId, seats, savedBefore: [], struck: new Set<string>() }
  for (let index = 0; index < PEOPLE; index += 1) {
    const userId = await aMember(world.database, board, 'member')
    const seat = { index, userId, node: index % world.nodes.length, turn: 0, isTokenShort: false }
    seats.push(Object.assign(seat, { person: sitDown(scene, seat) }))
  }
  return scene
}

/** Somebody who has nothing yet. */
export function sitDown(
  { world, board: { boardId }, cardId }: Pick<Scene, 'world' | 'board' | 'cardId'>,
  seat: Omit<Seat, 'person'>,
): Person {
  return aPerson({
    name: nameAt(seat),
    port: world.nodes[seat.node]!.links.people.port,
    boardId,
    cardId,
    async token() {
      const lifeS = seat.isTokenShort ? SHORT_TOKEN_S : undefined
      seat.isTokenShort = false
      return await world.tokenOf(seat.userId, lifeS)
    },
    readBoard: async () => await headOf(world, boardId),
  })
}

export const nameAt = ({ index, turn }: Pick<Seat, 'index' | 'turn'>) => `p${index}.${turn}`

export async function headOf(world: World, boardId: string) {
  return await world
    .database('boards')
    .where({ id: boardId })
    .first<{ epoch: string; offset: number }>({ epoch: 'epoch', offset: 'event_seq' })
}

/** The text as whoever opens it next reads it from Postgres. */
export async function storedDoc({ world, cardId }: Scene): Promise<Y.Doc> {
  const doc = new Y.Doc()
  const stored = await world.database.transaction(async (trx) => await storedText(trx, cardId))
  const unreadable = stored ? applyStored(doc, stored) : 0
  if (unreadable > 0) throw new Broken(`${unreadable} stored changes cannot be read.`)
  return doc
}

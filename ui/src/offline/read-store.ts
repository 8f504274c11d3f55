import type { Id } from '#core/kernel/ids.ts'
import { forgetTextsOf, forgetTextsOfOthers } from '../kanban/text/forget-texts.ts'
import { database, type ReadRow } from './database.ts'

/** Of boards the ten that were seen last; of all else enough to get about among them. */
const KEPT_MAX: Readonly<Record<string, number>> = { boards: 10, cards: 200 }
const KEPT_OTHERS_MAX = 50

const CARDS = '/cards/'

type Key = [userId: Id, path: string]

const { reads } = database
const ANY: [min: number, max: number] = [-Infinity, Infinity]

/** Keeps an answer, in the place of the oldest of its kind when there are too many. */
export async function putRead(row: ReadRow): Promise<void> {
  const { userId, kind } = row
  await database.transaction('rw', reads, async () => {
    await reads.put(row)
    const [oldest, newest] = ANY.map((end) => [userId, kind, end])
    const all = reads.where('[userId+kind+seenAt]').between(oldest, newest)
    const tooMany = (await all.count()) - (KEPT_MAX[kind] ?? KEPT_OTHERS_MAX)
    if (tooMany > 0) await drop(userId, (await all.limit(tooMany).primaryKeys()) as Key[])
  })
}

export async function getRead(userId: Id, path: string): Promise<unknown> {
  return (await reads.get([userId, path]))?.value
}

export async function deleteRead(userId: Id, path: string): Promise<void> {
  await drop(userId, [[userId, path]])
  await deleteHomes(userId, 'cards', (boardId) => path === `/boards/${boardId}`)
}

/** Forgets the boards whose home is gone, with their cards. */
export async function deleteBoardsOf(userId: Id, isGone: (home: string) => boolean): Promise<void> {
  const boards = await deleteHomes(userId, 'boards', isGone)
  await deleteHomes(userId, 'cards', (boardId) => boards.includes(`/boards/${boardId}`))
}

/** With a card goes what is kept of its text. */
async function drop(userId: Id, keys: Key[]): Promise<void> {
  await reads.bulkDelete(keys)
  const cards = keys.filter(([, path]) => path.startsWith(CARDS))
  forgetTextsOf(
    userId,
    cards.map(([, path]) => path.slice(CARDS.length)),
  )
}

/** Answers the paths of what was deleted. */
async function deleteHomes(
  userId: Id,
  kind: string,
  isGone: (home: string) => boolean,
): Promise<string[]> {
  return await database.transaction('rw', reads, async () => {
    const range = [
      [userId, kind, ''],
      [userId, kind, '\uffff'],
    ]
    const all = reads.where('[userId+kind+home]').between(range[0], range[1])
    const homes = ((await all.uniqueKeys()) as unknown as [Id, string, string][])
      .map(([, , home]) => home)
      .filter(isGone)
    const gone = reads.where('[userId+kind+home]').anyOf(homes.map((home) => [userId, kind, home]))
    const keys = (await gone.primaryKeys()) as Key[]
    await drop(userId, keys)
    return keys.map(([, path]) => path)
  })
}

export async function clearReads(userId: Id): Promise<void> {
  await reads.where('[userId+path]').between([userId, ''], [userId, '\uffff']).delete()
}

/** Forgets what anybody else has seen in this browser. */
export async function clearReadsOfOthers(userId: Id): Promise<void> {
  const byPath = () => reads.where('[userId+path]')
  await byPath().below([userId, '']).delete()
  await byPath().above([userId, '\uffff']).delete()
  await forgetTextsOfOthers(userId)
}

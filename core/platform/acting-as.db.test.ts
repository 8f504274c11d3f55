import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { seeded } from '#tests/support/seeded.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { readAs, readRowsAs, writeAs } from './acting-as.ts'

const database = useDatabase()

const SEED = 1
const READERS = 64
const READS_EACH = 12
const SLOW_S = 0.02

async function aBoardOfOne(): Promise<SomeBoard> {
  const board = await aBoard(database())
  await aCard(database(), board)
  return board
}

test(`ASVS line 32: many readers on few connections, of which some break off, each see their own (seed ${SEED})`, async () => {
  const random = seeded(SEED)
  const boards = [await aBoardOfOne(), await aBoardOfOne()]
  const seen: boolean[] = []

  async function read({ ownerId, workspaceId }: SomeBoard): Promise<void> {
    const chance = random()
    await readAs(database('api'), { userId: ownerId }, async (trx) => {
      const cards = await trx('cards').select('workspace_id')
      seen.push(cards.length === 1 && cards[0].workspace_id === workspaceId)
      if (chance < 0.2) await trx.raw('set local statement_timeout = 10')
      if (chance < 0.2) await trx.raw('select pg_sleep(?)', [SLOW_S])
      if (chance > 0.8) throw new Error('broken off')
    })
  }
  const reader = async () => {
    for (let reads = 0; reads < READS_EACH; reads += 1) {
      await read(boards[random() < 0.5 ? 0 : 1]!).catch(() => {})
      await sleep(random() * 3)
    }
  }
  await Promise.all(Array.from({ length: READERS }, reader))

  expect(seen.length).toBe(READERS * READS_EACH)
  expect(seen.every(Boolean)).toBe(true)
})

test('readers who share a connection each see their own, whatever another asked for there', async () => {
  const boards = [await aBoardOfOne(), await aBoardOfOne()]
  const mine = { name: 'mine', sql: 'select workspace_id, 1 / :parts::integer as part from cards' }
  const reads = Array.from({ length: 60 }, (_, index) => {
    const { ownerId, workspaceId } = boards[index % 2]!
    const statement = database('api').raw(mine.sql, { parts: index % 7 })
    const found = readRowsAs(database('api'), { userId: ownerId }, { name: mine.name, statement })
    return index % 7 === 0
      ? expect(found).rejects.toMatchObject({ code: '22012' })
      : expect(found).resolves.toMatchObject([{ workspace_id: workspaceId }])
  })
  await Promise.all(reads)
  expect(database('api').client.pool.numUsed()).toBe(0)
})

test('who only reads changes nothing', async () => {
  const { ownerId } = await aBoardOfOne()
  const change = readAs(database('actions'), { userId: ownerId }, (trx) =>
    trx.raw("update cards set title = 'changed'"),
  )
  await expect(change).rejects.toMatchObject({ code: '25006' })
})

test('rolling back to a savepoint brings back whom the transaction acted for then', async () => {
  const [first, second] = [await aBoardOfOne(), await aBoardOfOne()]
  const me = async (trx: { raw: (sql: string) => unknown }) =>
    ((await trx.raw('select app.me() as id')) as { rows: { id: string }[] }).rows[0]!.id

  await writeAs(database('actions'), { userId: first.ownerId }, async (trx) => {
    await trx.raw('savepoint before')
    await writeAs(trx, { userId: second.ownerId }, async (inner) => {
      expect(await me(inner)).toBe(second.ownerId)
    })
    await trx.raw('rollback to savepoint before')
    expect(await me(trx)).toBe(first.ownerId)
  })
})

test('what is read together is of one moment, whatever is written in between', async () => {
  const board = await aBoardOfOne()
  const counts = await readAs(database('api'), { userId: board.ownerId }, async (trx) => {
    const before = await trx('cards').select('id')
    await aCard(database(), board)
    return [before.length, (await trx('cards').select('id')).length]
  })
  expect(counts).toEqual([1, 1])
})

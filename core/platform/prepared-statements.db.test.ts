import { beforeAll, expect, test } from 'vitest'
import type { Knex } from 'knex'
import { freshDatabase } from '#tests/support/database.ts'
import { isPassing } from './database-errors.ts'
import { openDatabase } from './database.ts'

let database: Knex

beforeAll(async () => {
  const { url, drop } = await freshDatabase()
  const settings = { url, name: 'test', connectionsMax: 1, statementLimitMs: 3_000 }
  database = openDatabase({ ...settings, prepares: true })
  await database.raw('create table things (id integer, name text)')
  return async () => {
    await database.destroy()
    await drop()
  }
})

const kept = async () => {
  const { rows } = await database.raw('select name from pg_prepared_statements')
  return rows.length as number
}

test('a statement with parameters is planned once, in and out of transactions', async () => {
  await database('things').insert({ id: 1, name: 'one' })
  const before = await kept()
  for (const id of [1, 2, 3]) {
    await database('things').where({ id })
    await database.transaction(async (trx) => await trx('things').where({ id }))
  }
  expect(await kept()).toBe(before + 1)
})

test('what takes an array is planned no second time either, however often it is asked', async () => {
  for (const id of [1, 2, 3]) await database.raw('select * from things where id = any(?)', [[id]])
  const { rows } = await database.raw(
    `select custom_plans from pg_prepared_statements where statement like '%any($1)'`,
  )
  expect(rows).toEqual([{ custom_plans: 0 }])
})

test('a table that changed under a statement is noticed, and another try works', async () => {
  const ask = async () => await database('things').where({ id: 1 })
  await ask()
  await database.raw('alter table things add column colour text')
  const late = await ask().catch((error: unknown) => error)
  expect(isPassing(late)).toBe(true)
  expect(await ask()).toEqual([{ id: 1, name: 'one', colour: null }])
})

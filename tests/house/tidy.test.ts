import { afterAll, expect, test } from 'vitest'
import { owners } from '#migrations/owners.ts'
import { sizeReport } from './sizes.ts'
import { isTest, parsed, sources } from './sources.ts'
import { writesIn } from './writes.ts'

const ownerOf: ReadonlyMap<string, string> = new Map(
  Object.entries(owners).flatMap(([module, tables]) =>
    tables.map((table) => [table, module] as const),
  ),
)
const all = sources()
/** The demo and tests write rows past the product on purpose. */
const product = all.filter((file) => !isTest(file) && !file.path.startsWith('start/demo/'))

afterAll(() => console.log(sizeReport(product)))

test('only the folder that owns a table writes it', () => {
  const strangers = writesIn(product, new Set(ownerOf.keys())).filter(
    ({ path, table }) => !path.startsWith(`activities/${ownerOf.get(table)}/`),
  )
  expect(
    strangers.map(({ path, line, table }) => {
      const owner = `activities/${ownerOf.get(table)}/`
      return `${path}:${line} writes ${table}, which belongs to ${owner}: do it there`
    }),
  ).toEqual([])
})

test.each([
  ["trx.raw('insert into cards (id) values (?)', [id])", 1],
  ['trx.raw(`update cards set rank = ${rank}`)', 1],
  ['trx.raw(`with gone as (select 1)\n  delete from cards`)', 1],
  ["trx('cards').where({ id }).update({ rank })", 1],
  ["trx.into('cards').insert(row)", 1],
  ["insertRows(trx, 'cards', rows)", 1],
  ["class Card extends Row { static tableName = 'cards' }\nCard.query(trx).patch({})", 1],
  ["trx('cards').where({ id }).first()", 0],
  ["trx.raw('select id from cards for update')", 0],
])('the test above sees what %j writes', (text, count) => {
  expect(writesIn([parsed('a.ts', text)], new Set(['cards']))).toHaveLength(count)
})

test('nothing is put off, left out or run alone', () => {
  const marks = /\b(?:TODO|FIXME|XXX|HACK)\b|\b(?:test|it|describe)\.(?:skip|only|todo|fixme)\b/
  const found = all.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (marks.test(line) ? [`${path}:${index + 1}`] : [])),
  )
  expect(found.filter((place) => !place.startsWith('tests/house/tidy.test.ts'))).toEqual([])
})

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = new URL('../..', import.meta.url).pathname
const TABLE = 'docs/security.md'
const LINES = 52
const TESTS = '{activities,api,collab,core,engine,migrations,start,tests,ui/src}/**/*.{test,e2e}.ts'

/** A row: the number, what it asks, whether it concerns the product, and its tests. */
const ROW = /^\| (\d+) \| (.+?) \| ((?:yes|no)\b.*?) \| (.*)\|$/gm
const LINK_AND_NAMES = /\[[^\]]+\]\(([^)]+)\)((?: «[^»]+»)+)/g
const NAMED = /(['"`])ASVS lines? ([\d, ]+): (.+?)\1/g

interface Row {
  readonly line: number
  readonly applies: string
  readonly tests: readonly string[]
}

/** As in `7 api/password.db.test.ts «a link is over after 15 minutes»`. */
const entry = (line: number, path: string, name: string) => `${line} ${path} «${name}»`

function rowsOf(text: string): Row[] {
  return Array.from(text.matchAll(ROW), ([, number, , applies, cell]) => {
    const line = Number(number)
    const tests = Array.from(cell!.matchAll(LINK_AND_NAMES), ([, link, names]) =>
      Array.from(names!.matchAll(/«([^»]+)»/g), ([, name]) =>
        entry(line, join('docs', link!), name!.replaceAll('\\|', '|')),
      ),
    ).flat()
    return { line, applies: applies!, tests }
  })
}

function testsIn(path: string): string[] {
  const found = readFileSync(ROOT + path, 'utf8').matchAll(NAMED)
  return Array.from(found, ([, , lines, name]) =>
    lines!.split(', ').map((line) => entry(Number(line), path, name!)),
  ).flat()
}

const rows = rowsOf(readFileSync(ROOT + TABLE, 'utf8'))
const told = new Set(rows.flatMap(({ tests }) => tests))
const there = new Set(globSync(TESTS, { cwd: ROOT }).flatMap(testsIn))

test(`the table in ${TABLE} has each of the lines once`, () => {
  expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: LINES }, (_, at) => at + 1))
})

test('every test the table names is there, under its line', () => {
  expect([...told.difference(there)]).toEqual([])
})

test('every test that is named after a line stands in its row', () => {
  expect([...there.difference(told)].sort()).toEqual([])
})

test('what concerns the product has a test, and what does not says why', () => {
  const bare = rows.filter(({ applies, tests }) => applies.startsWith('yes') !== tests.length > 0)
  const silent = rows.filter(({ applies }) => applies === 'no')
  expect([...bare, ...silent].map(({ line }) => line)).toEqual([])
})

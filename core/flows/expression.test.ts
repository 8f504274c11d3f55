import { expect, test } from 'vitest'
import { evaluate, lookAtExpression } from './expression.ts'
import { OPERATORS, type OperatorName } from './operators.ts'

const scope = { card: { title: 'Fix login', points: 3, labels: ['a', 'b'], rate: 0.5 } }

test.each([
  ['card.points + 1', 4],
  ['card.points > 2 && card.rate < 1.0', true],
  ['"a" in card.labels', true],
  ['card.labels.exists(each, each.startsWith("b"))', true],
  ['card.labels.map(each, each + "!")', ['a!', 'b!']],
  ['has(card.nothing) ? 1 : 2', 2],
  [String.raw`"a\u0000b"`, 'ab'],
  ['{"n": size(card.labels)}', { n: 2 }],
  ['timestamp("2026-01-05T09:00:00Z") > timestamp("2026-01-04T09:00:00Z")', true],
])('%s', (text, value) => {
  expect(evaluate(text, scope)).toEqual(value)
})

test.each(['card.nothing', 'nobody.there', '1 + "a"', 'card.constructor', '1 / 0'])(
  '%s comes to nothing and says so',
  (text) => {
    expect(() => evaluate(text, scope)).toThrow(/\S/)
  },
)

test('an expression tells which paths it reads, without those of its loops', () => {
  const text = 'steps.a["b"].c > 1 && card.labels.exists(x, x.y == vars.n)'
  expect(lookAtExpression(text).paths).toEqual([
    ['steps', 'a', 'b', 'c'],
    ['card', 'labels'],
    ['vars', 'n'],
  ])
})

/** What it took of the processor, whatever else runs there. */
const msSince = (before: NodeJS.CpuUsage) => process.threadCpuUsage(before).user / 1_000

test('the largest list there can be is gone through in a moment', () => {
  const items = Array.from({ length: 1_000 }, () => 'x'.repeat(60))
  const test = Array.from({ length: 12 }, () => 'each.contains("y")').join(' || ')
  const before = process.threadCpuUsage()
  expect(evaluate(`items.exists(each, ${test})`, { items })).toBe(false)
  expect(msSince(before)).toBeLessThan(1_000)
})

test.each([
  'all.map(x, all)',
  'all.all(x, !(2 in all))',
  'text.split("").map(x, text)',
  `"${'x'.repeat(250)}".split("").all(x, ${'!(2 in all) && '.repeat(10)}true)`,
  'text.split("").all(x, size(text + text) > 0)',
  '[all, all, all, all].map(x, [x, x, x, x, x, x, x, x, x, x])',
])('%s takes no more than a moment, for it is refused', (cel) => {
  const all = Array.from({ length: 30_000 }, () => 1)
  const before = process.threadCpuUsage()
  expect(() => evaluate(cel, { all, text: 'x'.repeat(60_000) })).toThrow(/too much|may hold/)
  expect(msSince(before)).toBeLessThan(500)
})

test('what an expression does not read is not looked at', () => {
  const vars = {
    n: 1,
    list: [{ n: 2 }],
    get many() {
      throw new Error('It was looked at.')
    },
  }
  expect(evaluate('vars.n + vars.list[0].n', { vars })).toBe(3)
  expect(evaluate('vars.list.exists(vars, vars.n == 2) && !has(vars.none)', { vars })).toBe(true)
})

test('a thousand ids are gone through', () => {
  const ids = Array.from({ length: 1_000 }, (_, at) => `01a21ab8-5d19-719f-bb12-${at}`)
  expect(evaluate('ids.exists(x, x == card.id)', { ids, card: { id: ids[999] } })).toBe(true)
})

const NOW_MS = Date.UTC(2026, 0, 5)
test.each<[unknown, OperatorName, unknown, boolean]>([
  ['a', 'is', 'a', true],
  [null, 'is', undefined, true],
  ['a', 'is not', 'a', false],
  ['a', 'in', ['a', 'b'], true],
  ['a', 'in', 'a', false],
  ['c', 'not in', ['a', 'b'], true],
  [['a'], 'contains', 'a', true],
  ['Fix LOGIN', 'contains', 'login', true],
  [['a'], 'contains not', 'a', false],
  ['Fix', 'starts with', 'F', true],
  ['Fix', 'ends with', 'x', true],
  [3, '>', 2, true],
  [3, '>=', 3, true],
  ['3', '<', 4, false],
  ['2026-01-01', '<=', '2026-02-01', true],
  [[], 'is empty', undefined, true],
  [0, 'is set', undefined, true],
  ['2026-01-04', 'is before now', undefined, true],
  ['never', 'is after now', undefined, false],
  ['2026-01-06', 'is within', 'P2D', true],
  ['2026-01-09', 'is within', 'P2D', false],
  ['2026-01-01', 'is older than', 'P3D', true],
])('%j %s %j', (held, op, value, outcome) => {
  expect(OPERATORS[op](held, value, NOW_MS)).toBe(outcome)
})

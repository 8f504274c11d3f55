import { expect, test } from 'vitest'
import { fillAll, fillTemplate, parseTemplate } from './template.ts'

const scope = { card: { title: 'Fix login', labels: ['a', 'b'], points: 3, dueOn: '2026-02-27' } }

test.each([
  ['{{card.title}}', 'Fix login'],
  ['{{ card.points }}', 3],
  ['{{ card.labels }}', ['a', 'b']],
  ['{{ card.labels[1] }} of {{ card.labels | size }}', 'b of 2'],
  ['{{ card.labels | join: " & " }}', 'a & b'],
  ['{{ card.labels | first | upper }}', 'A'],
  ['{{ card.dueOn | plus: P2D }}', '2026-03-01'],
  ['{{ card.dueOn | minus: "P1W" | date }}', '2026-02-20'],
  ['{{ card.nothing | default: "none" }}', 'none'],
  ['[{{ card.nothing.more }}]', '[]'],
  ['{{ card.title | cut: 3 }}…', 'Fix…'],
  ['{{ card | json | cut: 9 }}', '{"title":'],
  ['no holes', 'no holes'],
])('%s', (text, filled) => {
  expect(fillTemplate(text, scope)).toEqual(filled)
})

test.each(['{{ card.title', 'card }}', '{{ }}', '{{ a b }}', '{{ a | b }}', '{{ a | cut: 1 2 }}'])(
  '%s is no template, and is told so',
  (text) => {
    expect(parseTemplate(text)).toEqual(expect.any(String))
  },
)

test('nothing but own values is seen', () => {
  for (const path of ['constructor', 'card.constructor.name', 'card.title.length', '__proto__']) {
    expect(fillTemplate(`{{ ${path} }}`, scope)).toBe(undefined)
  }
})

test('all texts of a value are filled in, and what is filled in is not looked at again', () => {
  const value = { a: ['{{ card.title }}', 1], b: { c: '{{ card.x }}' } }
  expect(fillAll(value, scope)).toEqual({ a: ['Fix login', 1], b: {} })
  expect(fillTemplate('{{ x }}', { x: '{{ y }}', y: 1 })).toBe('{{ y }}')
})

test('of a long list what is taken from it counts', () => {
  const list = Array.from({ length: 200_000 }, (_, at) => at)
  expect(fillTemplate('{{ list | last }}', { list })).toBe(199_999)
})

test.each([
  '{{ text }}'.repeat(3),
  `{{ quotes ${'| json '.repeat(60)}}}`,
  Array.from({ length: 5_000 }, () => '{{ text }}'),
  `{{ many | join: "${'x'.repeat(9_900)}" }}`,
])('what would fill the memory is refused: %#', (value) => {
  const filled = {
    text: 'x'.repeat(60_000),
    quotes: '"',
    many: Array.from({ length: 60_000 }, () => 1),
  }
  expect(() => fillAll(value, filled)).toThrow(/may hold 128 KB/)
})

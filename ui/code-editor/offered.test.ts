import { expect, test } from 'vitest'
import { offered, type Engine } from './offered.ts'

const ENGINE: Engine = {
  Math: { own: ['max', 'PI', 'constructor'], each: [] },
  Array: { own: ['from'], each: ['constructor', 'map', 'includes'] },
  String: { own: ['raw'], each: ['includes', 'trim'] },
}
const INPUT = { card: '{{ card.title }}', rates: { de: 19 }, 'not a name': 1 }
const names = (before: string, code = before) =>
  offered(before, code, INPUT, ENGINE).map(({ name }) => name)

test('within input its names are offered, however deep they lie, with what stands there', () => {
  expect(offered('return input.', '', INPUT, ENGINE)).toEqual([
    { name: 'card', kind: 'input', detail: '"{{ card.title }}"' },
    { name: 'rates', kind: 'input', detail: '{"de":19}' },
  ])
  expect(names('input.rates.d')).toEqual(['de'])
})

test('of a global of the engine its own names are offered, and nothing the engine has not', () => {
  expect(names('Math.')).toEqual(['max', 'PI'])
  expect(names('constructor.')).not.toContain('name')
})

test('of another value the methods of all kinds of values are, each once', () => {
  expect(names('input.card.t')).toEqual(['map', 'includes', 'trim'])
  expect(offered('x().includes', '', INPUT, ENGINE)[1]?.detail).toBe('Array, String')
})

test('elsewhere input, the language and the words of the code are, but for the one being typed', () => {
  const all = names('tot', 'const total = 1\nreturn tot')
  expect(all).toEqual(expect.arrayContaining(['input', 'return', 'Math', 'total']))
  expect(all).not.toContain('tot')
})

import { expect, test } from 'vitest'
import { linesOf, parseQuickAdd, PASTED_LINES_MAX } from './quick-add.ts'

const ann = { id: 'ann', name: 'Ann Oduya', hue: 150, role: 'member' as const }
const anna = { id: 'anna', name: 'Anna-Lena Groß', hue: 20, role: 'member' as const }
const jon = { id: 'jon', name: 'Jón Berg', hue: 40, role: 'admin' as const }
const bug = { id: 'bug', name: 'Bug', colour: 'red' as const }
const dark = { id: 'dark', name: 'Dark mode', colour: 'grey' as const }
/** A Saturday. */
const known = { members: [ann, anna, jon], labels: [bug, dark], today: '2026-11-21' }
const parse = (line: string) => parseQuickAdd(line, known)

test('a line with markers becomes a card with fields', () => {
  expect(parse('Fix the till @jon #bug !1 tomorrow')).toEqual({
    title: 'Fix the till',
    assignees: ['jon'],
    labels: ['bug'],
    priority: 1,
    dueOn: '2026-11-22',
  })
})

test('markers are understood anywhere in the line', () => {
  expect(parse('!2 @jon fix #bug the till')).toMatchObject({ title: 'fix the till', priority: 2 })
})

test.each(['@nobody', '@an', '#unknown', '!5', '!', '@', '#', 'a@jon', 'C#'])(
  '%s stays text',
  (word) => {
    expect(parse(`Ask ${word} again`)).toEqual({
      title: `Ask ${word} again`,
      assignees: [],
      labels: [],
    })
  },
)

test('a name is found without its accents, spaces and hyphens, or by its last part', () => {
  expect(parse('x @AnnaLena').assignees).toEqual(['anna'])
  expect(parse('x @oduya').assignees).toEqual(['ann'])
  expect(parse('x @Jón @jonberg').assignees).toEqual(['jon'])
  expect(parse('x #dark-mode').labels).toEqual(['dark'])
})

test.each([
  ['today', '2026-11-21'],
  ['übermorgen', '2026-11-23'],
  ['mon', '2026-11-23'],
  ['saturday', '2026-11-28'],
  ['next week', '2026-11-28'],
  ['in 10 days', '2026-12-01'],
  ['in 1 tag', '2026-11-22'],
  ['2027-02-28', '2027-02-28'],
])('«%s» at the end is a day', (words, dueOn) => {
  expect(parse(`Call the bank ${words} #bug`)).toMatchObject({ title: 'Call the bank', dueOn })
})

test.each(['Monday report', 'today', 'Ship 2027-02-30', 'Work in 9999 days'])(
  '«%s» is only a title',
  (title) => {
    expect(parse(title)).toEqual({ title, assignees: [], labels: [] })
  },
)

test('a line longer than a title may be is kept whole in the description', () => {
  const line = 'x'.repeat(300)
  expect(parse(`${line} #bug`)).toMatchObject({ title: line.slice(0, 200), description: line })
  expect(parse('x'.repeat(200))).not.toHaveProperty('description')
})

test('each pasted line becomes a card, empty ones do not', () => {
  const { now, later } = linesOf(' one \r\n\n two\u2028three')
  expect(now).toEqual(['one', 'two', 'three'])
  expect(later).toEqual([])
})

test('lines that are too many for one time are kept for the next', () => {
  const lines = Array.from({ length: 250 }, (_, index) => `line ${index}`)
  const { now, later } = linesOf(lines.join('\n'))
  expect(now).toHaveLength(PASTED_LINES_MAX)
  expect([...now, ...later]).toEqual(lines)
})

import { expect, test } from 'vitest'
import type { CardFace } from '#core/contracts/views.ts'
import type { Change, Command, Intent } from './command.ts'
import { paintCard, paintColumns } from './paint.ts'

const card: CardFace = { id: 'c', columnId: 'k', rank: 'M', number: 1, title: 'Old', version: 3 }
const column = { id: 'k', name: 'Todo', rank: 'M', wipLimit: null, wipMode: 'warn' as const }

function command(intent: Intent, rest: Partial<Command> = {}): Command {
  const about = { key: 'key', boardId: 'b', gestureId: 'g', givenAt: '', title: '' }
  return { ...about, lanes: [], cardIds: ['c'], intent, state: 'waiting', ...rest }
}
const paint = (intent: Intent, rest?: Partial<Command>, face: CardFace | undefined = card) =>
  paintCard(face, command(intent, rest), 'c', 'b')
const edit = (changes: object): Intent => {
  return { type: 'card.edit', targetId: 'c', body: { baseVersion: 3, changes } }
}

test('an emptied field is left out, as the server leaves it out', () => {
  const due = { ...card, dueOn: '2026-11-21' }
  expect(paint(edit({ dueOn: null, title: 'New' }), {}, due)).toEqual({ ...card, title: 'New' })
})

test('a description is no part of a face', () => {
  expect(paint(edit({ description: 'long' }))).toEqual(card)
})

test('the last label taken off leaves no empty list', () => {
  const labelled = { ...card, labels: ['l'] }
  const off = { type: 'card.unlabel', targetId: 'c', body: { labelId: 'l' } } as const
  expect(paint(off, {}, labelled)).toEqual(card)
})

test('a move to a column of another board takes the card away', () => {
  const move = { type: 'card.move', targetId: 'c', body: { columnId: 'elsewhere' } } as const
  expect(paint(move)).toBeUndefined()
  expect(paint(move, { rank: 'Z' })).toMatchObject({ columnId: 'elsewhere', rank: 'Z' })
})

test('an answer is shown as it is, until its events arrive', () => {
  const answered = { ...card, title: 'From the server', version: 4 }
  const answer = { card: answered, boardId: 'b', offsets: {} }
  expect(paint(edit({ title: 'Mine' }), { answer })).toEqual(answered)
  expect(paint(edit({ title: 'Mine' }), { answer: { ...answer, boardId: 'x' } })).toBeUndefined()
})

test('an undo takes back its own change and leaves what others changed since', () => {
  const undo: Intent = { type: 'undo', targetId: 'g', body: { gestureId: 'g' } }
  const reverts: Change[] = [{ cardId: 'c', before: card, after: { ...card, title: 'New' } }]
  const now = { ...card, title: 'New', points: 5, version: 9 }
  expect(paint(undo, { reverts }, now)).toEqual({ ...card, points: 5, version: 9 })
})

test('an undo brings back what was archived and takes away what was created', () => {
  const undo: Intent = { type: 'undo', targetId: 'g', body: { gestureId: 'g' } }
  const gone: Change[] = [{ cardId: 'c', before: card, after: undefined }]
  const made: Change[] = [{ cardId: 'c', before: undefined, after: card }]
  expect(paintCard(undefined, command(undo, { reverts: gone }), 'c', 'b')).toEqual(card)
  expect(paint(undo, { reverts: made })).toBeUndefined()
})

test('columns are painted where they will stand', () => {
  const other = { ...column, id: 'o', rank: 'T' }
  const move: Intent = { type: 'column.move', targetId: 'k', body: { after: 'o' } }
  const moved = paintColumns([column, other], command(move, { rank: 'U' }))
  expect(moved.map(({ id }) => id)).toEqual(['o', 'k'])
  const body = { columnId: 'n', name: 'New' }
  const create: Intent = { type: 'column.create', targetId: 'b', body }
  const created = paintColumns([column, other], command(create, { rank: 'Z' }))
  expect(created.map(({ id, name }) => [id, name])).toEqual([
    ['k', 'Todo'],
    ['o', 'Todo'],
    ['n', 'New'],
  ])
  const archive: Intent = { type: 'column.archive', targetId: 'k', body: {} }
  expect(paintColumns([column, other], command(archive))).toEqual([other])
})

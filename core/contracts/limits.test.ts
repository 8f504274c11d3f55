import { expect, test } from 'vitest'
import { actions, type ActionType } from './actions.ts'

const ID = '01a1fc39-9b34-7911-918a-3fe2c6c12c68'
const x = (chars: number) => 'x'.repeat(chars)
const ids = (count: number) => Array.from({ length: count }, () => ID)
const accepts = (type: ActionType, body: unknown) => actions[type].body.safeParse(body).success

const card = (more: object) => ({ columnId: ID, title: 'Title', ...more })
const edit = (changes: object) => ({ baseVersion: 1, changes })

/** The last body that is accepted, and the first one past it. */
const LIMITS: readonly (readonly [type: ActionType, what: string, last: unknown, past: unknown])[] =
  [
    ['card.create', 'title', card({ title: x(200) }), card({ title: x(201) })],
    ['card.create', 'empty title', card({ title: 'x' }), card({ title: ' ' })],
    ['card.create', 'invisible title', card({ title: 'x\u200b' }), card({ title: '\u200b' })],
    ['card.create', 'control characters', card({ title: 'a\tb' }), card({ title: 'a\x1b[2Jb' })],
    ['card.create', 'overrides', card({ title: '👩\u200d💻' }), card({ title: 'a\u202eb' })],
    ['card.create', 'isolates', card({ title: 'a\u200fb' }), card({ title: 'a\u2066b' })],
    ['card.create', 'lines of a title', card({ title: 'a b' }), card({ title: 'a\nb' })],
    [
      'card.create',
      'description',
      card({ description: x(50_000) }),
      card({ description: x(50_001) }),
    ],
    ['card.create', 'labels', card({ labels: ids(20) }), card({ labels: ids(21) })],
    ['card.create', 'assignees', card({ assignees: ids(20) }), card({ assignees: ids(21) })],
    ['card.create', 'places', card({ before: ID }), card({ before: ID, after: ID })],
    ['card.create', 'unknown keys', card({}), card({ nonsense: 1 })],
    ['card.create', 'ids', card({ cardId: ID }), card({ cardId: 'first' })],
    ['card.edit', 'title', edit({ title: x(200) }), edit({ title: x(201) })],
    [
      'card.edit',
      'description',
      edit({ description: x(50_000) }),
      edit({ description: x(50_001) }),
    ],
    ['card.edit', 'points', edit({ points: 21 }), edit({ points: 22 })],
    ['card.edit', 'fewest points', edit({ points: 1 }), edit({ points: 0 })],
    ['card.edit', 'whole points', edit({ points: 2 }), edit({ points: 1.5 })],
    ['card.edit', 'priority', edit({ priority: 4 }), edit({ priority: 5 })],
    ['card.edit', 'days', edit({ dueOn: '2028-02-29' }), edit({ dueOn: '2027-02-29' })],
    ['card.edit', 'years', edit({ dueOn: '0001-01-01' }), edit({ dueOn: '0000-12-31' })],
    ['card.edit', 'colours', edit({ colour: 'teal' }), edit({ colour: '#008080' })],
    ['card.edit', 'no change', edit({ points: null }), edit({})],
    ['card.edit', 'versions', edit({ points: 1 }), { baseVersion: 0, changes: { points: 1 } }],
    ['card.edit', 'half letters', edit({ title: '🙂' }), edit({ title: '🙂'.slice(0, 1) })],
    ['card.edit', 'NUL', edit({ description: '\t' }), edit({ description: '\0' })],
    ['card.move', 'places', { columnId: ID, after: ID }, { columnId: ID, before: ID, after: ID }],
    ['comment.add', 'text', { text: x(10_000) }, { text: x(10_001) }],
    ['comment.add', 'empty text', { text: '.' }, { text: ' \n' }],
    ['comment.add', 'mentions', { text: 'x', mentions: ids(20) }, { text: 'x', mentions: ids(21) }],
    ['comment.edit', 'text', { text: x(10_000) }, { text: x(10_001) }],
    ['checklist.add', 'text', { text: x(500) }, { text: x(501) }],
    ['checklist.edit', 'text', { text: x(500) }, { text: x(501) }],
    ['checklist.edit', 'no change', { done: true }, {}],
    ['checklist.move', 'places', { before: ID }, { before: ID, after: ID }],
    ['project.create', 'name', { name: x(80), key: 'CHK' }, { name: x(81), key: 'CHK' }],
    ['project.create', 'key', { name: 'x', key: 'CHECK1' }, { name: 'x', key: 'CHECK12' }],
    ['project.create', 'short key', { name: 'x', key: 'CK' }, { name: 'x', key: 'C' }],
    ['project.create', 'case of a key', { name: 'x', key: 'CHK' }, { name: 'x', key: 'chk' }],
    ['project.rename', 'name', { name: x(80) }, { name: x(81) }],
    ['project.duplicate', 'name', { name: x(80), key: 'CHK' }, { name: x(81), key: 'CHK' }],
    ['board.create', 'name', { name: x(80) }, { name: x(81) }],
    [
      'board.create',
      'columns',
      { name: 'x', columns: Array(50).fill('x') },
      { name: 'x', columns: Array(51).fill('x') },
    ],
    ['board.create', 'no column', { name: 'x', columns: ['x'] }, { name: 'x', columns: [] }],
    ['board.rename', 'name', { name: x(80) }, { name: x(81) }],
    ['board.duplicate', 'name', { name: x(80) }, { name: x(81) }],
    ['column.create', 'name', { name: x(80) }, { name: x(81) }],
    ['column.rename', 'name', { name: x(80) }, { name: x(81) }],
    ['column.move', 'places', { after: ID }, { before: ID, after: ID }],
    [
      'column.limit',
      'cards',
      { wipLimit: 1_000, wipMode: 'warn' },
      { wipLimit: 1_001, wipMode: 'warn' },
    ],
    [
      'column.limit',
      'fewest cards',
      { wipLimit: 1, wipMode: 'block' },
      { wipLimit: 0, wipMode: 'block' },
    ],
    ['label.create', 'name', { name: x(40), colour: 'red' }, { name: x(41), colour: 'red' }],
    ['label.edit', 'name', { name: x(40) }, { name: x(41) }],
    ['label.edit', 'no change', { colour: 'red' }, {}],
    ['undo', 'both at once', { commandId: ID }, { commandId: ID, gestureId: ID }],
    ['undo', 'neither', { gestureId: ID }, {}],
  ]

test.each(LIMITS)('%s has a limit of its own: %s', (type, _, last, past) => {
  expect(accepts(type, last)).toBe(true)
  expect(accepts(type, past)).toBe(false)
})

test('blanks around a name or a title are not part of it', () => {
  expect(actions['card.create'].body.parse(card({ title: '  Fix login ' }))).toMatchObject({
    title: 'Fix login',
  })
  expect(accepts('card.create', card({ title: ` ${x(200)} ` }))).toBe(true)
})

import { expect, test } from 'vitest'
import type { CardChanges } from '#core/contracts/kanban.ts'
import type { Intent } from './command.ts'
import { conflictOf, undisputed } from './conflict.ts'

const CARD_ID = '01a1fc3d-ad72-7d72-91c3-098e59602e61'

function anEdit(changes: CardChanges): Intent {
  return { type: 'card.edit', targetId: CARD_ID, body: { baseVersion: 3, changes } }
}

test('a refused edit tells what both changed and from where to go on', () => {
  const intent = anEdit({ title: 'Mine', points: 3 })
  const details = { version: 5, fields: { title: 'Theirs' } }
  const conflict = conflictOf(intent, { code: 'card.conflict', message: '', details })!
  expect(conflict).toEqual({
    cardId: CARD_ID,
    mine: { title: 'Mine', points: 3 },
    theirs: { title: 'Theirs' },
    version: 5,
  })
  expect(undisputed(conflict)).toEqual({ points: 3 })
})

test('another refusal is no conflict', () => {
  const fault = { code: 'card.archived', message: '' }
  expect(conflictOf(anEdit({ title: 'Mine' }), fault)).toBeUndefined()
})

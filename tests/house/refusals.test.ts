import { expect, test } from 'vitest'
import { ACTION_TYPES, contractOf, refusalsOf, type ActionType } from '#core/contracts/actions.ts'
import { refusedCodes } from './refused.ts'
import { sources } from './sources.ts'

const refused = refusedCodes('activities/kanban/index.ts', 'activities/projects/index.ts')
/** What takes other actions back refuses what they refuse; its contract is made of theirs. */
const types = ACTION_TYPES.filter((type) => type !== 'undo')

/** What the code could refuse, but never comes to. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  // What something lies in is there for as long as the thing is; and no handler need know of undo.
  all: ['project.not_found', 'board.not_found', 'card.not_found', 'undo.changed_since'],
  // A body cannot name so many.
  'card.create': ['card.label_limit', 'card.assignee_limit'],
  // Every board keeps an open column.
  'card.restore': ['column.not_found', 'column.archived'],
  'card.recover': ['column.not_found', 'column.archived'],
}
/** What the constraints of tables refuse; see core/platform/database-errors.ts. */
const BY_CONSTRAINT = new Set<string>(['label.name_taken', 'project.key_taken'])

test.each(types)('what the handler of %s refuses stands in its contract', (type) => {
  const told = new Set<string>([...refusalsOf(type), ...NEVER['all']!, ...(NEVER[type] ?? [])])
  expect([...refused.get(type)!].filter((code) => !told.has(code))).toEqual([])
})

test.each(types)('the contract of %s lists nothing that its handler never refuses', (type) => {
  const done = refused.get(type)!
  const idle = contractOf(type).refusals.filter((code) => !done.has(code))
  expect(idle.filter((code) => !BY_CONSTRAINT.has(code))).toEqual([])
})

test('nothing is taken back by what makes something new, whose refusals an undo does not tell', () => {
  const steps = sources('activities/*/*.ts').flatMap(({ text }) =>
    Array.from(text.matchAll(/Undo\(\s*'([\w.]+)'|undoStep\(\s*'([\w.]+)'/g)),
  )
  const inverses = steps.map(([, ofCard, ofOther]) => (ofCard ?? ofOther) as ActionType)
  expect(inverses.length).toBeGreaterThan(25)
  expect(inverses.filter((type) => contractOf(type).status === 201)).toEqual([])
})

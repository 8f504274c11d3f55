import { expect, test } from 'vitest'
import { changedAt, changedSince, nextVersion, originOf } from './field-versions.ts'

const fresh = { version: 1, fieldVersions: {} }

test('a change stamps only the fields it wrote', () => {
  const row = nextVersion(fresh, ['title'])
  expect(row).toEqual({ version: 2, fieldVersions: { title: [2, 2] } })
  expect(changedAt(row, 'points')).toBe(1)
})

test('an undo is a new version whose value is an old one', () => {
  const edited = nextVersion(fresh, ['title'])
  const undone = nextVersion(edited, ['title'], { title: 1 })
  expect([changedAt(undone, 'title'), originOf(undone, 'title')]).toEqual([3, 1])
})

test('two changes by one person are undone one after the other', () => {
  const first = nextVersion(fresh, ['title'])
  const second = nextVersion(first, ['title'])
  expect(changedSince(second, { title: 3 })).toEqual([])
  const undone = nextVersion(second, ['title'], { title: 2 })
  expect(changedSince(undone, { title: 2 })).toEqual([])
})

test("somebody else's change in between stands in the way, in another field it does not", () => {
  const mine = nextVersion(fresh, ['title'])
  expect(changedSince(nextVersion(mine, ['points']), { title: 2 })).toEqual([])
  expect(changedSince(nextVersion(mine, ['title']), { title: 2 })).toEqual(['title'])
})

test('a star expects every field to be as it was made', () => {
  const edited = nextVersion(fresh, ['title'])
  expect(changedSince(edited, { '*': 1 })).toEqual(['title'])
  expect(changedSince(nextVersion(edited, ['title'], { title: 1 }), { '*': 1 })).toEqual([])
})

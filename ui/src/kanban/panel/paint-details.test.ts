import { expect, test } from 'vitest'
import type { CardDetails } from '#core/contracts/views.ts'
import type { Intent } from '../command.ts'
import { paintDetails } from './paint-details.ts'

const comment = { id: 'c1', authorId: 'bob', text: 'Old', createdAt: 'then', editedAt: null }
const item = (id: string, rank: string) => ({ id, text: id, done: false, rank })
const details = {
  description: 'Old',
  comments: [comment],
  checklist: [item('i1', 'M'), item('i2', 'T')],
  attachments: [{ id: 'a1' }],
} as unknown as CardDetails

const paint = (intent: Intent, before = details) =>
  paintDetails(before, { intent, givenAt: 'now', userId: 'ann' })

test('a comment is added once, with who wrote it and when', () => {
  const body = { commentId: 'c2', text: 'New', mentions: [] }
  const add: Intent = { type: 'comment.add', targetId: 'card', body }
  const once = paint(add)
  const made = { id: 'c2', authorId: 'ann', text: 'New', createdAt: 'now', editedAt: null }
  expect(once.comments).toEqual([comment, made])
  expect(paint(add, once)).toEqual(once)
})

test('a comment is changed and deleted in its place', () => {
  const body = { text: 'New', mentions: [] }
  const edited = paint({ type: 'comment.edit', targetId: 'c1', body })
  expect(edited.comments).toEqual([{ ...comment, text: 'New', editedAt: 'now' }])
  expect(paint({ type: 'comment.delete', targetId: 'c1', body: {} }).comments).toEqual([])
})

test('what is done to a checklist is shown in order', () => {
  const order = ({ checklist }: CardDetails) =>
    checklist.toSorted((a, b) => (a.rank < b.rank ? -1 : 1)).map(({ id }) => id)
  const added = paint({
    type: 'checklist.add',
    targetId: 'card',
    body: { itemId: 'i3', text: 'x' },
  })
  expect(order(added)).toEqual(['i1', 'i2', 'i3'])
  const moved = paint({ type: 'checklist.move', targetId: 'i3', body: { before: 'i1' } }, added)
  expect(order(moved)).toEqual(['i3', 'i1', 'i2'])
  const ticked = paint({ type: 'checklist.edit', targetId: 'i1', body: { done: true } })
  expect(ticked.checklist[0]).toEqual({ ...item('i1', 'M'), done: true })
  expect(order(paint({ type: 'checklist.remove', targetId: 'i1', body: {} }))).toEqual(['i2'])
})

test('what stands on the face is left to the board', () => {
  expect(paint({ type: 'card.archive', targetId: 'card', body: {} })).toBe(details)
  const edit = (changes: object): Intent => {
    return { type: 'card.edit', targetId: 'card', body: { baseVersion: 1, changes } }
  }
  expect(paint(edit({ title: 'New' }))).toBe(details)
  expect(paint(edit({ description: 'New' }))).toEqual({ ...details, description: 'New' })
})

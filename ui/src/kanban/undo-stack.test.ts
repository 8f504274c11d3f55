import { expect, test } from 'vitest'
import { UNDO_STEPS_MAX, UndoStack } from './undo-stack.ts'

const step = (gestureId: string) => ({ gestureId, changes: [], lanes: [] })

test('the last gesture is taken back first, and done again by taking that back', () => {
  const stack = new UndoStack()
  stack.push(step('a'))
  stack.push(step('b'))
  expect(stack.undo()?.gestureId).toBe('b')
  stack.wasUndone(step('undo b'))
  expect(stack.redo()?.gestureId).toBe('undo b')
  stack.wasRedone(step('redo b'))
  expect(stack.undo()?.gestureId).toBe('redo b')
  expect(stack.undo()?.gestureId).toBe('a')
  expect(stack.undo()).toBeUndefined()
})

test('a new gesture ends what could be done again', () => {
  const stack = new UndoStack()
  stack.wasUndone(step('undo a'))
  stack.push(step('b'))
  expect(stack.redo()).toBeUndefined()
})

test('only the last fifty are kept, and refused ones not at all', () => {
  const stack = new UndoStack()
  for (let count = 0; count <= UNDO_STEPS_MAX; count += 1) stack.push(step(String(count)))
  stack.take(String(UNDO_STEPS_MAX))
  for (let left = UNDO_STEPS_MAX - 1; left > 0; left -= 1) {
    expect(stack.undo()?.gestureId).toBe(String(left))
  }
  expect(stack.undo()).toBeUndefined()
})

test('one gesture is taken back out of order when its own button is pressed', () => {
  const stack = new UndoStack()
  stack.push(step('a'))
  stack.push(step('b'))
  expect(stack.take('a')?.gestureId).toBe('a')
  expect(stack.take('a')).toBeUndefined()
  expect(stack.undo()?.gestureId).toBe('b')
  expect(stack.undo()).toBeUndefined()
})

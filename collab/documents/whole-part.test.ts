import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readChange, type Change } from './change.ts'
import { isWhole, wholePart } from './whole-part.ts'

/** Three changes somebody makes one after the other: two letters, and the first taken away again. */
function threeChanges() {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  const acts = [() => text.insert(0, 'a'), () => text.insert(1, 'b'), () => text.delete(0, 1)]
  const changes: Change[] = []
  doc.on('update', (bytes: Uint8Array) => changes.push(readChange(bytes)))
  for (const act of acts) act()
  return changes as [Change, Change, Change]
}

function docOf(...changes: readonly Change[]): Y.Doc {
  const doc = new Y.Doc()
  for (const { bytes } of changes) Y.applyUpdate(doc, bytes)
  return doc
}

const together = (...changes: readonly Change[]) =>
  readChange(Y.mergeUpdates(changes.map(({ bytes }) => bytes)))

test('a change is whole where what it builds on is stored, on its way, or comes with it', () => {
  const [first, second, third] = threeChanges()
  expect(isWhole(docOf(), [], first)).toBe(true)
  expect(isWhole(docOf(first), [], second)).toBe(true)
  expect(isWhole(docOf(), [first], second)).toBe(true)
  expect(isWhole(docOf(first), [second], third)).toBe(true)
  expect(isWhole(docOf(), [], together(first, second, third))).toBe(true)
  expect(isWhole(docOf(first), [], together(first, second))).toBe(true)
})

test('it is not where something between is missing, or what it takes away', () => {
  const [, second, third] = threeChanges()
  expect(isWhole(docOf(), [], second)).toBe(false)
  expect(isWhole(docOf(), [], third)).toBe(false)
  expect(isWhole(docOf(second), [], third)).toBe(false)
  const other = new Y.Doc()
  other.getText('text').insert(0, 'c')
  const alien = readChange(Y.encodeStateAsUpdate(other))
  expect(isWhole(docOf(), [], together(alien, second))).toBe(false)
})

test('of a change that is not whole, the part that is can be had', () => {
  const [first, second] = threeChanges()
  const other = new Y.Doc()
  other.getText('text').insert(0, 'c')
  const alien = readChange(Y.encodeStateAsUpdate(other))
  const torn = together(alien, second)
  expect(wholePart(docOf(), [], torn)?.bytes).toEqual(alien.bytes)
  expect(wholePart(docOf(alien), [], torn)).toBeNull()
  const whole = wholePart(docOf(), [first], torn)!
  expect(whole.ends).toEqual(together(alien, first, second).ends)
})

test('things that wait for each other, or for what their client makes later, never come in', () => {
  // A letter each, to stand behind the one of another client, or behind itself.
  const letter = (client: number, behind: number) => [1, client, 0, 132, behind, 0, 1, 97]
  const inACircle = Uint8Array.of(2, ...letter(1, 2), ...letter(2, 1), 0)
  const behindItself = Uint8Array.of(1, ...letter(1, 1), 0)
  expect(isWhole(docOf(), [], readChange(inACircle))).toBe(false)
  expect(isWhole(docOf(), [], readChange(behindItself))).toBe(false)
})

test('a change in which a client stands twice is none: Yjs would lose a part of it', () => {
  const letter = (client: number, clock: number) => [1, client, clock, 4, 1, 1, 120, 1, 97]
  const twice = Uint8Array.of(3, ...letter(1, 0), ...letter(2, 0), ...letter(1, 1), 0)
  expect(() => readChange(twice)).toThrow('one place')
})

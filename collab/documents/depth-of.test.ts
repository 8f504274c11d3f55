import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { readChange } from './change.ts'
import { depthOf } from './depth-of.ts'

const root = (doc: Y.Doc) => doc.getXmlFragment('default')

/** Puts so many lists into each other, and answers the innermost. */
function nest(within: Y.XmlFragment, levels: number): Y.XmlFragment {
  let innermost = within
  for (let level = 0; level < levels; level += 1) {
    const list = new Y.XmlElement('bulletList')
    innermost.insert(0, [list])
    innermost = list
  }
  return innermost
}

/** Does something to a document, and answers what it changed. */
function changeIn(doc: Y.Doc, act: () => void) {
  const before = Y.encodeStateVector(doc)
  doc.transact(act)
  return readChange(Y.encodeStateAsUpdate(doc, before))
}

test('a change is as deep as what it puts into each other', () => {
  const writer = new Y.Doc()
  const change = changeIn(writer, () => {
    nest(root(writer), 7)
    nest(root(writer), 3)
  })
  expect(depthOf(new Y.Doc(), [], change)).toBe(7)
})

test('what it stands in counts, be it stored, on its way, or beside what is', () => {
  const [writer, stored] = [new Y.Doc(), new Y.Doc()]
  let innermost: Y.XmlFragment = root(writer)
  const [first, second, third] = [5, 4, 3].map((levels) =>
    changeIn(writer, () => (innermost = nest(innermost, levels))),
  )
  Y.applyUpdate(stored, first!.bytes)
  expect(depthOf(stored, [], second!)).toBe(9)
  expect(depthOf(stored, [second!], third!)).toBe(12)
  const beside = changeIn(writer, () =>
    (innermost.parent as Y.XmlElement).insert(1, [new Y.XmlText('deep')]),
  )
  expect(depthOf(stored, [second!, third!], beside)).toBe(12)
})

test('values within values count too, and words do not', () => {
  const writer = new Y.Doc()
  const words = changeIn(writer, () => root(writer).insert(0, [new Y.XmlText('Words')]))
  expect(depthOf(new Y.Doc(), [], words)).toBe(1)
  const value = JSON.parse(`${'['.repeat(300)}${']'.repeat(300)}`) as object
  const list = new Y.XmlElement<{ start: object }>('orderedList')
  const change = changeIn(writer, () => {
    list.setAttribute('start', value)
    root(writer).insert(0, [list as unknown as Y.XmlElement])
  })
  expect(depthOf(writer, [], change)).toBe(300)
})

test('a thousand levels and thirty thousand neighbours are measured at once', () => {
  const writer = new Y.Doc()
  const change = changeIn(writer, () => {
    const items = Array.from({ length: 30_000 }, () => new Y.XmlElement('listItem'))
    nest(root(writer), 1_000).insert(0, items)
  })
  expect(depthOf(new Y.Doc(), [], change)).toBe(1_001)
})

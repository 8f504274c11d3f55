import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seeded } from '#tests/support/seeded.ts'
import { changePlainText, plainText, TEXT_FIELD } from './text-lines.ts'

const element = (name: string, ...children: (Y.XmlElement | string)[]) => {
  const made = new Y.XmlElement(name)
  made.insert(
    0,
    children.map((child) => (typeof child === 'string' ? new Y.XmlText(child) : child)),
  )
  return made
}

function aDoc(...children: Y.XmlElement[]): Y.Doc {
  const doc = new Y.Doc()
  doc.getXmlFragment(TEXT_FIELD).insert(0, children)
  return doc
}

const formOf = (doc: Y.Doc) => doc.getXmlFragment(TEXT_FIELD).toJSON()

const list = (...items: string[]) =>
  element('bulletList', ...items.map((item) => element('listItem', element('paragraph', item))))

test('what stands on lines of its own is read as lines', () => {
  const mention = element('mention')
  mention.setAttribute('label', 'Ann')
  const doc = aDoc(
    element('heading', 'Title'),
    list('one', 'two'),
    element('paragraph'),
    element('paragraph', 'Ask ', mention, ' first'),
    element('horizontalRule'),
  )
  expect(plainText(doc)).toBe('Title\none\ntwo\n\nAsk @Ann first')
})

test('lines that stay keep their form, and what is gone takes its list with it', () => {
  const doc = aDoc(element('heading', 'Title'), list('one', 'two'), element('paragraph', 'End'))
  changePlainText(doc, 'Title\ntwo\nEnd')
  expect(formOf(doc)).toBe(
    '<heading>Title</heading><bulletlist><listitem><paragraph>two</paragraph></listitem></bulletlist><paragraph>End</paragraph>',
  )
  changePlainText(doc, 'Title\nEnd')
  changePlainText(doc, 'Title\nEnd\nMore')
  expect(formOf(doc)).toBe(
    '<heading>Title</heading><paragraph>End</paragraph><paragraph>More</paragraph>',
  )
})

test('in a line only what differs is replaced, so two who change it keep both', () => {
  const doc = aDoc(element('paragraph', 'It fails on Monday'))
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  changePlainText(doc, 'It often fails on Monday')
  changePlainText(other, 'It fails on Monday morning')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect(plainText(doc)).toBe('It often fails on Monday morning')
})

test('whatever a text is changed to, it says that', () => {
  const random = seeded(7)
  const some = (count: number, make: () => string) =>
    Array.from({ length: Math.floor(random() * count) }, make)
  const word = () => 'abc '.charAt(Math.floor(random() * 4))
  const doc = aDoc(element('heading', 'Title'), list('one', 'two', 'three'))
  for (let round = 0; round < 300; round += 1) {
    const wanted = some(6, () => some(5, word).join('')).join('\n')
    changePlainText(doc, wanted)
    expect(plainText(doc)).toBe(wanted)
  }
})

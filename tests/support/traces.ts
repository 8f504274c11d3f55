import * as Y from 'yjs'
import { TEXT_FIELD } from '#activities/texts/text-lines.ts'
import { seeded } from './seeded.ts'

type Step = (doc: Y.Doc, random: () => number, index: number) => void

/** Ways in which people change a document: each a step that is done again and again. */
const STEPS: Readonly<Record<string, Step>> = {
  'typing at the end': (doc, random) => {
    doc.getText('text').insert(doc.getText('text').length, letter(random))
  },
  'letters anywhere': (doc, random) => {
    const text = doc.getText('text')
    text.insert(Math.floor(random() * (text.length + 1)), letter(random))
  },
  'typing in bursts, a third deleted': typeInBursts,
  'numbers anywhere in a list': (doc, random) => {
    const list = doc.getArray('list')
    list.insert(Math.floor(random() * (list.length + 1)), [Math.floor(random() * 1_000)])
  },
  'fifty keys written again': (doc, random, index) => {
    doc.getMap('map').set(`key ${index % 50}`, Math.floor(random() * 1_000_000))
  },
  'a key for each value': (doc, random, index) => {
    doc.getMap('map').set(`key ${index}`, Math.floor(random() * 1_000_000))
  },
}

export const TRACE_NAMES = Object.keys(STEPS)

/** The updates two people make who take turns, always the same ones. */
export function trace(name: string, steps: number): Uint8Array[] {
  const random = seeded(TRACE_NAMES.indexOf(name))
  const updates: Uint8Array[] = []
  const docs = [1_234_567_891, 3_141_592_653].map((clientID) =>
    Object.assign(new Y.Doc(), { clientID }),
  )
  for (const [index, doc] of docs.entries()) {
    doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'told') return
      updates.push(bytes)
      Y.applyUpdate(docs[1 - index]!, bytes, 'told')
    })
  }
  const step = STEPS[name]!
  while (updates.length < steps) {
    step(docs[Math.floor(updates.length / 100) % 2]!, random, updates.length)
  }
  for (const doc of docs) doc.destroy()
  return updates.slice(0, steps)
}

const letter = (random: () => number) => String.fromCharCode(97 + Math.floor(random() * 26))

/** In a paragraph of an editor: a place, some letters one after the other, and some taken back. */
function typeInBursts(doc: Y.Doc, random: () => number): void {
  const fragment = doc.getXmlFragment(TEXT_FIELD)
  if (fragment.length === 0) fragment.insert(0, [paragraph()])
  const text = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText
  const from = Math.floor(random() * (text.length + 1))
  const letters = 5 + Math.floor(random() * 20)
  for (let index = 0; index < letters; index += 1) text.insert(from + index, letter(random))
  for (let index = 0; index < Math.floor(letters * 0.3); index += 1) text.delete(from, 1)
}

function paragraph(): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText()])
  return element
}

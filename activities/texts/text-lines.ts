import * as Y from 'yjs'

/** Where in a document its text stands; editors name it too. */
export const TEXT_FIELD = 'default'

/** A paragraph, a heading, an item of a list: what stands on a line of its own. */
interface Line {
  readonly element: Y.XmlElement
  readonly text: string
}

/** They stand among the lines and say nothing, so they are no lines. */
const WORDLESS = new Set(['horizontalRule', 'image'])

type Node = Y.XmlElement | Y.XmlText | Y.XmlHook

const root = (doc: Y.Doc) => doc.getXmlFragment(TEXT_FIELD)

/** The text of a document without its form: a line for each thing that stands on one. */
export function plainText(doc: Y.Doc): string {
  return linesOf(root(doc).toArray() as Node[])
    .map(({ text }) => text)
    .join('\n')
}

/**
 * Makes a document read as `text`, and touches no more than that takes: lines that stay are left
 * alone with their form and with whoever writes in them, and in a line only what differs is replaced.
 */
export function changePlainText(doc: Y.Doc, text: string): void {
  const lines = linesOf(root(doc).toArray() as Node[])
  const wanted = text === '' && lines.length === 0 ? [] : text.split('\n')
  const { start, end } = sameAround(
    lines.map((line) => line.text),
    wanted,
  )
  const old = lines.slice(start, lines.length - end)
  const fresh = wanted.slice(start, wanted.length - end)
  const kept = Math.min(old.length, fresh.length)
  doc.transact(() => {
    for (let index = 0; index < kept; index += 1) changeLine(old[index]!, fresh[index]!)
    for (const { element } of old.slice(kept)) removeLine(element)
    insertLines(doc, lines[start + kept - 1]?.element, fresh.slice(kept))
  })
}

function linesOf(nodes: readonly Node[]): Line[] {
  return nodes.flatMap((node) => {
    if (!(node instanceof Y.XmlElement) || WORDLESS.has(node.nodeName)) return []
    const children = node.toArray() as Node[]
    const isLine = children.length === 0 || children.some((child) => child instanceof Y.XmlText)
    if (!isLine) return linesOf(children)
    return [{ element: node, text: lineText(node) }]
  })
}

/** What a line says; whoever breaks it inside a paragraph has one line all the same. */
export const lineText = (line: Y.XmlElement): string =>
  (line.toArray() as Node[]).map(inlineText).join('').replaceAll('\n', ' ')

/** What stands within a line: words, or something with a name, such as a person. */
function inlineText(node: Node): string {
  if (node instanceof Y.XmlText) {
    const parts = node.toDelta() as { insert: unknown }[]
    return parts.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('')
  }
  if (!(node instanceof Y.XmlElement)) return ''
  const label: unknown = node.getAttribute('label')
  if (typeof label !== 'string') return ''
  return node.getAttribute('kind') === 'card' ? label : `@${label}`
}

/** How many are the same at the beginning and at the end of two lists. */
export function sameAround(
  a: ArrayLike<string>,
  b: ArrayLike<string>,
): { readonly start: number; readonly end: number } {
  const most = Math.min(a.length, b.length)
  let start = 0
  while (start < most && a[start] === b[start]) start += 1
  let end = 0
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  return { start, end }
}

function changeLine({ element, text }: Line, wanted: string): void {
  if (text === wanted) return
  const [only, ...more] = element.toArray() as Node[]
  if (!(only instanceof Y.XmlText) || more.length > 0) {
    element.delete(0, element.length)
    element.insert(0, [new Y.XmlText(wanted)])
    return
  }
  const { start, end } = sameAround(text, wanted)
  only.delete(start, text.length - end - start)
  only.insert(start, wanted.slice(start, wanted.length - end))
}

/** What held nothing but the line goes with it: an item of a list, then the list. */
function removeLine(element: Y.XmlElement): void {
  const { parent } = element
  if (!(parent instanceof Y.XmlFragment)) return
  if (parent instanceof Y.XmlElement && parent.length === 1) return removeLine(parent)
  parent.delete((parent.toArray() as unknown[]).indexOf(element))
}

/** New lines are paragraphs, behind what the line before them stands in. */
function insertLines(doc: Y.Doc, before: Y.XmlElement | undefined, lines: readonly string[]): void {
  if (lines.length === 0) return
  const top = root(doc)
  let outermost: Y.XmlElement | undefined = before
  while (outermost && outermost.parent !== top) outermost = outermost.parent as Y.XmlElement
  const at = outermost ? (top.toArray() as unknown[]).indexOf(outermost) + 1 : 0
  top.insert(at, lines.map(paragraph))
}

function paragraph(text: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  if (text !== '') element.insert(0, [new Y.XmlText(text)])
  return element
}

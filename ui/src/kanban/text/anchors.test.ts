import { Editor } from '@tiptap/core'
import { expect, onTestFinished, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc, XmlElement, XmlText } from 'yjs'
import { anchorOf, rangeOf } from './anchors.ts'
import { textExtensions } from './text-extensions.ts'

const LINES = ['First line', 'Second line']

/** An editor of two lines, with the caret in the one of this number. */
function anEditor(line: number): Editor {
  const doc = new Doc()
  const paragraphs = LINES.map((words) => {
    const paragraph = new XmlElement('paragraph')
    paragraph.insert(0, [new XmlText(words)])
    return paragraph
  })
  doc.getXmlFragment('default').insert(0, paragraphs)
  const extensions = textExtensions(doc, new Awareness(doc), '')
  const element = document.createElement('div')
  const editor = new Editor({ extensions, injectCSS: false, element })
  onTestFinished(() => editor.destroy())
  editor.commands.setTextSelection(line === 0 ? 3 : LINES[0]!.length + 5)
  return editor
}

test.each([0, 1])(
  'a comment on line %i marks its words, and not what is typed around them',
  (line) => {
    const editor = anEditor(line)
    const anchor = anchorOf(editor.state)!
    expect(anchor.quote).toBe(LINES[line])
    const { from, to } = rangeOf(editor.state, anchor)!
    editor.commands.insertContentAt(to, ' after')
    editor.commands.insertContentAt(from, 'Before ')
    const now = rangeOf(editor.state, anchor)!
    expect(editor.state.doc.textBetween(now.from, now.to)).toBe(LINES[line])
  },
)

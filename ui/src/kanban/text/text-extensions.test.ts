import { Editor } from '@tiptap/core'
import { expect, onTestFinished, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc, XmlElement, XmlText } from 'yjs'
import { textExtensions } from './text-extensions.ts'

/** An editor of a text that somebody has written past all editors. */
function anEditor(write: (line: XmlText) => void = () => {}): Editor {
  const doc = new Doc()
  const line = new XmlText()
  const paragraph = new XmlElement('paragraph')
  paragraph.insert(0, [line])
  doc.getXmlFragment('default').insert(0, [paragraph])
  write(line)
  const extensions = textExtensions(doc, new Awareness(doc), '')
  const editor = new Editor({
    extensions,
    injectCSS: false,
    element: document.createElement('div'),
  })
  onTestFinished(() => editor.destroy())
  return editor
}

/** Types a letter as a person does: what it completes becomes what it stands for. */
function type(editor: Editor, letter: string): void {
  const { view } = editor
  const { from, to } = view.state.selection
  const insert = () => view.state.tr.insertText(letter, from, to)
  const isTaken = view.someProp('handleTextInput', (take) => take(view, from, to, letter, insert))
  if (!isTaken) view.dispatch(insert())
}

test('a link leads to no script, whoever wrote it, and tells nobody where one comes from', () => {
  const { dom } = anEditor((line) => {
    line.insert(0, 'script', { link: { href: 'javascript:alert(1)' } })
    line.insert(6, 'page', { link: { href: 'https://example.com/' } })
  }).view
  const links = [...dom.querySelectorAll('a')]
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['', 'https://example.com/'])
  expect(links[1]?.rel.split(' ')).toEqual(expect.arrayContaining(['noopener', 'noreferrer']))
})

test('pictures of other places are not taken along with what is pasted', () => {
  const editor = anEditor()
  editor.commands.insertContent('<p>Words</p><img src="https://example.com/seen.png">')
  expect(editor.getText()).toContain('Words')
  expect(editor.view.dom.querySelector('img[src*="example"]')).toBeNull()
})

test.each([
  ['[ ]', false],
  ['- [ ]', false],
  ['1. [x]', true],
])('«%s» makes a task', (typed, checked) => {
  const editor = anEditor()
  for (const letter of `${typed} milk`) type(editor, letter)
  const [list] = editor.getJSON().content
  expect(list).toMatchObject({ type: 'taskList', content: [{ attrs: { checked } }] })
  expect(editor.getText().trim()).toBe('milk')
})

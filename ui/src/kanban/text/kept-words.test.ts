import { expect, test } from 'vitest'
import { Doc, XmlElement, XmlText } from 'yjs'
import { linesOf } from './kept-words.ts'

test('of a text that cannot be sent every line is there to be copied, lists and mentions too', () => {
  const fragment = new Doc().getXmlFragment('default')
  const element = (name: string, ...parts: (XmlElement | XmlText)[]) => {
    const made = new XmlElement(name)
    made.insert(0, parts)
    return made
  }
  const mention = element('mention')
  mention.setAttribute('label', 'Ann')
  const item = element('listItem', element('paragraph', new XmlText('bread')))
  fragment.insert(0, [
    element('paragraph', new XmlText('Ask '), mention, new XmlText(' to buy')),
    element('bulletList', item),
  ])
  expect(linesOf(fragment)).toEqual(['Ask Ann to buy', 'bread'])
})

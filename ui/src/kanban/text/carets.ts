import { CollaborationCaret } from '@tiptap/extension-collaboration-caret'
import type { Awareness } from 'y-protocols/awareness'

interface Writer {
  readonly name?: string
  readonly hue?: number
}

/** Where the others write. The server says who each of them is, so nothing is told of ourselves. */
export const carets = (awareness: Awareness) =>
  CollaborationCaret.configure({
    provider: { awareness },
    user: {},
    render: ({ name = '', hue = 0 }: Writer) => {
      const caret = document.createElement('span')
      caret.className = 'caret'
      caret.style.setProperty('--h', String(hue))
      // Shown by the style sheet, for it is no part of the text.
      caret.dataset['name'] = name
      return caret
    },
    selectionRender: ({ hue = 0 }: Writer) => ({ class: 'selected-there', style: `--h: ${hue}` }),
  })

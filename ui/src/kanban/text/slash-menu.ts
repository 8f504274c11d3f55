import { Extension, type Editor, type Range } from '@tiptap/core'
import { Suggestion } from '@tiptap/suggestion'
import { shallowRef } from 'vue'
import type { Block } from './blocks.ts'

/** What is offered after a slash, and where on the page. */
export interface Offer {
  readonly blocks: readonly Block[]
  readonly at: DOMRect
  readonly chosen: number
  readonly choose: (block: Block) => void
}

/**
 * Typing a slash offers the blocks whose names hold what follows it: arrows and Enter choose, Escape
 * lets it be a slash.
 */
export function slashMenu(find: (words: string) => readonly Block[]) {
  const offer = shallowRef<Offer>()

  function move(by: number): void {
    const { blocks, chosen } = offer.value!
    offer.value = { ...offer.value!, chosen: (chosen + by + blocks.length) % blocks.length }
  }

  function press(key: string): boolean {
    const open = offer.value
    if (!open || open.blocks.length === 0) return false
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Enter' || key === 'Tab') open.choose(open.blocks[open.chosen]!)
    else if (key === 'Escape') offer.value = undefined
    else return false
    return true
  }

  function show(props: {
    items: Block[]
    clientRect?: (() => DOMRect | null) | null
    command: (block: Block) => void
  }): void {
    const at = props.clientRect?.()
    offer.value = at
      ? { blocks: props.items, at, chosen: 0, choose: (block) => props.command(block) }
      : undefined
  }

  const extension = Extension.create({
    name: 'slashMenu',
    addProseMirrorPlugins() {
      return [
        Suggestion<Block, Block>({
          editor: this.editor,
          char: '/',
          startOfLine: true,
          items: ({ query }) => [...find(query)],
          command: ({ editor, range, props }) => make(editor, range, props),
          render: () => ({
            onStart: show,
            onUpdate: show,
            onKeyDown: ({ event }) => press(event.key),
            onExit: () => (offer.value = undefined),
          }),
        }),
      ]
    },
  })
  return { offer, extension }
}

function make(editor: Editor, range: Range, block: Block): void {
  block.make(editor.chain().focus().deleteRange(range)).run()
}

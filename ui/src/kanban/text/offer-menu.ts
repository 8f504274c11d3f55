import { Extension, type Editor, type Range } from '@tiptap/core'
import { PluginKey } from '@tiptap/pm/state'
import { Suggestion } from '@tiptap/suggestion'
import { shallowRef } from 'vue'

/** What is offered after a sign that was typed, and where on the page. */
export interface Offer<Item> {
  readonly items: readonly Item[]
  readonly at: DOMRect
  readonly chosen: number
  readonly choose: (item: Item) => void
}

interface Kind<Item> {
  readonly name: string
  readonly char: string
  readonly startOfLine?: boolean
  readonly allowSpaces?: boolean
  readonly find: (words: string) => readonly Item[]
  /** Puts the item in the place of what was typed. */
  readonly take: (editor: Editor, range: Range, item: Item) => void
}

interface Typed<Item> {
  readonly items: Item[]
  readonly clientRect?: (() => DOMRect | null) | null
  readonly command: (item: Item) => void
}

/**
 * Typing a sign offers what is found by the words that follow it: arrows and Enter choose, Escape
 * lets it be a sign.
 */
export function offerMenu<Item>({ name, find, take, ...when }: Kind<Item>) {
  const offer = shallowRef<Offer<Item>>()

  function move(by: number): void {
    const { items, chosen } = offer.value!
    offer.value = { ...offer.value!, chosen: (chosen + by + items.length) % items.length }
  }

  function press(key: string): boolean {
    const open = offer.value
    if (!open) return false
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Enter' || key === 'Tab') open.choose(open.items[open.chosen]!)
    else if (key === 'Escape') offer.value = undefined
    else return false
    return true
  }

  function show({ items, clientRect, command }: Typed<Item>): void {
    const at = clientRect?.()
    offer.value = at && items.length > 0 ? { items, at, chosen: 0, choose: command } : undefined
  }

  const extension = Extension.create({
    name,
    addProseMirrorPlugins() {
      return [
        Suggestion<Item, Item>({
          ...when,
          editor: this.editor,
          pluginKey: new PluginKey(name),
          items: ({ query }) => [...find(query)],
          command: ({ editor, range, props }) => take(editor, range, props),
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

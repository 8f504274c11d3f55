import { mergeAttributes, Node } from '@tiptap/core'
import type { Id } from '#core/kernel/ids.ts'

/** Somebody or a card that a text names. */
export interface Mentioned {
  readonly kind: 'person' | 'card'
  readonly id: Id
  /** What it is called when it is named; who reads later may see another name. */
  readonly label: string
}

const ATTRIBUTES = ['key', 'kind', 'id', 'label']

/** A name within a line. Its key tells it from other mentions of the same: each is told once. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () =>
    Object.fromEntries(
      ATTRIBUTES.map((name) => [
        name,
        {
          default: null,
          parseHTML: (element: HTMLElement) => element.getAttribute(`data-${name}`),
          renderHTML: (values: Record<string, unknown>) => ({ [`data-${name}`]: values[name] }),
        },
      ]),
    ),
  parseHTML: () => [{ tag: 'span[data-kind][data-id][data-label]' }],
  renderHTML: ({ HTMLAttributes, node }) => [
    'span',
    mergeAttributes(HTMLAttributes, { class: 'mention' }),
    textOf(node.attrs as Mentioned),
  ],
  renderText: ({ node }) => textOf(node.attrs as Mentioned),
})

const textOf = ({ kind, label }: Mentioned) => (kind === 'card' ? label : `@${label}`)

import {
  Code,
  Heading1,
  Heading2,
  Heading3,
  List,
  ListChecks,
  ListOrdered,
  Minus,
  Quote,
  Table,
} from '@lucide/vue'
import type { ChainedCommands } from '@tiptap/core'
import type { Component } from 'vue'

/** Something a line can be made, by the tool bar or after a slash. */
export interface Block {
  readonly name: string
  readonly icon: Component
  readonly make: (chain: ChainedCommands) => ChainedCommands
  /** What the editor calls it, where it can be told that the caret is in one. */
  readonly is?: readonly [string, { level: number }?]
}

const TABLE = { rows: 3, cols: 3, withHeaderRow: true }

const heading = (level: 1 | 2 | 3, icon: Component): Block => ({
  name: `heading${level}`,
  icon,
  make: (chain) => chain.toggleHeading({ level }),
  is: ['heading', { level }],
})

export const BLOCKS: readonly Block[] = [
  heading(1, Heading1),
  heading(2, Heading2),
  heading(3, Heading3),
  {
    name: 'bulletList',
    icon: List,
    make: (chain) => chain.toggleBulletList(),
    is: ['bulletList'],
  },
  {
    name: 'orderedList',
    icon: ListOrdered,
    make: (chain) => chain.toggleOrderedList(),
    is: ['orderedList'],
  },
  { name: 'taskList', icon: ListChecks, make: (chain) => chain.toggleTaskList(), is: ['taskList'] },
  { name: 'quote', icon: Quote, make: (chain) => chain.toggleBlockquote(), is: ['blockquote'] },
  { name: 'codeBlock', icon: Code, make: (chain) => chain.toggleCodeBlock(), is: ['codeBlock'] },
  { name: 'table', icon: Table, make: (chain) => chain.insertTable(TABLE), is: ['table'] },
  { name: 'rule', icon: Minus, make: (chain) => chain.setHorizontalRule() },
]

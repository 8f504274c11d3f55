import type { Component } from 'vue'

export const GROUPS = ['actions', 'cards', 'places', 'found'] as const
type Group = (typeof GROUPS)[number]

/** One line of the palette and what choosing it does. */
export interface Entry {
  readonly id: string
  readonly group: Group
  /** What was found in it may be marked. */
  readonly text: string
  /** Shown at the end of the line: where a card is. */
  readonly hint?: string | undefined
  /** Shown below: what was found, when it is not the text itself. */
  readonly excerpt?: string | undefined
  /** The keys that do the same. */
  readonly keys?: string
  readonly icon: Component
  run(): void
}

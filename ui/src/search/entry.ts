import type { Component } from 'vue'

export const GROUPS = ['actions', 'cards', 'places', 'found'] as const
type Group = (typeof GROUPS)[number]

/** One line of the palette and what choosing it does. */
export interface Entry {
  readonly id: string
  readonly group: Group
  readonly text: string
  /** Shown at the end of the line: where a card is, or what a found text says. */
  readonly hint?: string | undefined
  /** The keys that do the same. */
  readonly keys?: string
  readonly icon: Component
  run(): void
}

import type { Component } from '../process/component.ts'

/** What a server needs from one real component: where it is, and what was chosen. */
export type Part = {
  address: string
  /** For the person at the terminal. */
  chosen: string
  /** Absent where somebody else runs it. */
  component?: Component
}

/** The address of a component, as it may be shown. */
export function withoutPassword(url: string): string {
  const parsed = new URL(url)
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}

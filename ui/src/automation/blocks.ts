import { nodeOf } from '#core/contracts/flows/check-step.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { t, te } from '../shell/i18n/i18n.ts'
import { isObject } from '#core/contracts/flows/drawn.ts'

export interface Case {
  readonly id: string
  readonly label?: string
  readonly when: unknown
}

export function casesOf({ with: { cases } }: Pick<Step, 'with'>): Case[] {
  return Array.isArray(cases)
    ? (cases as unknown[]).filter((each) => isObject(each)).map((each) => each as unknown as Case)
    : []
}

/** The blocks a step is drawn with: those it has to have, those it has, and those of its cases. */
export function blockNames(step: Step): string[] {
  const held = Object.keys(step.blocks ?? {})
  const { blocks } = nodeOf(step.type) ?? {}
  if (blocks?.kind === 'cases') {
    const named = [...casesOf(step).map(({ id }) => id), 'else']
    return [...named, ...held.filter((name) => !named.includes(name))]
  }
  if (blocks?.kind === 'fixed') return [...new Set([...blocks.must, ...held])]
  return held
}

/** What stands over a block. */
export function blockTitle(step: Step, name: string): string {
  const found = casesOf(step).find(({ id }) => id === name)
  if (found?.label) return found.label
  const key = `designer.blocks.${name}`
  return te(key) ? t(key) : name
}

/** Blocks that a step could have besides. */
export function moreBlocks(step: Step): string[] {
  const node = nodeOf(step.type)
  const held = Object.keys(step.blocks ?? {})
  const may = node?.blocks.kind === 'fixed' ? node.blocks.may : []
  const undo = node?.kind === 'act' && !node.reads ? ['undo'] : []
  return [...may, ...undo].filter((name) => !held.includes(name))
}

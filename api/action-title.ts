import type { ActionType } from '#core/contracts/actions.ts'

const NOUNS: Readonly<Record<string, string>> = { checklist: 'checklist item' }

/** An action in words, for the list of routes: `card.move` is «Move a card». */
export function titleOf(type: ActionType): string {
  const [thing, verb] = type.split('.')
  if (verb === undefined) return 'Take an action or a whole gesture back'
  const [first = '', ...rest] = verb
  return `${first.toUpperCase()}${rest.join('')} a ${NOUNS[thing!] ?? thing}`
}

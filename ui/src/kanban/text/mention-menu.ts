import { newId } from '#core/kernel/ids.ts'
import { useBoard } from '../store.ts'
import type { Mentioned } from './mention.ts'
import { offerMenu } from './offer-menu.ts'

/** Somebody or a card to name. */
export interface Nameable extends Mentioned {
  /** What is shown beside the name. */
  readonly hue?: number
  readonly title?: string
}

const PEOPLE_MAX = 5
const CARDS_MAX = 5

/** An @ offers the people of the workspace, and the cards of the board by number or title. */
export function mentionMenu() {
  const board = useBoard()
  const has = (text: string, words: string) => text.toLowerCase().includes(words.toLowerCase())

  function people(words: string): Nameable[] {
    const found = [...board.members.values()].filter(({ name }) => has(name, words))
    const shown = found.slice(0, PEOPLE_MAX)
    return shown.map(({ id, name, hue }) => ({ kind: 'person', id, label: name, hue }))
  }

  function cards(words: string): Nameable[] {
    if (words === '') return []
    const found: Nameable[] = []
    for (const { id, title } of board.cards.values()) {
      const label = board.numberOf(id)
      if (label === '' || !(has(title, words) || has(label, words))) continue
      found.push({ kind: 'card', id, label, title })
      if (found.length === CARDS_MAX) break
    }
    return found
  }

  return offerMenu<Nameable>({
    name: 'mentionMenu',
    char: '@',
    allowSpaces: true,
    find: (words) => [...people(words), ...cards(words)],
    take: (editor, range, { kind, id, label }) => {
      const mention = { type: 'mention', attrs: { key: newId(), kind, id, label } }
      editor
        .chain()
        .focus()
        .insertContentAt(range, [mention, { type: 'text', text: ' ' }])
        .run()
    },
  })
}

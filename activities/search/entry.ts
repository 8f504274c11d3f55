import type { CardTexts } from '#activities/kanban/queries.ts'

/** A text that can be found. */
export interface Entry {
  readonly source: 'title' | 'description' | 'comment'
  readonly workspaceId: string
  readonly cardId: string
  readonly body: string
}

/** What of a card can be found. */
export function cardEntries(card: CardTexts & { readonly cardId: string }): Entry[] {
  const { workspaceId, cardId, title, description } = card
  const home = { workspaceId, cardId }
  return [
    { ...home, source: 'title', body: title },
    ...(description ? [{ ...home, source: 'description' as const, body: description }] : []),
  ]
}

/** The entry as a row of `search_entries`. */
export const entryRow = (sourceId: string, { source, workspaceId, cardId, body }: Entry) => ({
  source_id: sourceId,
  source,
  workspace_id: workspaceId,
  card_id: cardId,
  body,
})

import { Id } from '#core/contracts/fields.ts'

/** What a socket can open: a board to look at, the text of a card to write. */
export interface DocumentName {
  readonly kind: 'board' | 'card'
  readonly id: string
}

/** Reads `board:<id>` and `card:<id>`; null for whatever else somebody asks for. */
export function documentName(text: string): DocumentName | null {
  const [, kind, id] = /^(board|card):(.*)$/.exec(text) ?? []
  const { data } = Id.safeParse(id)
  return data === undefined ? null : { kind: kind as DocumentName['kind'], id: data }
}

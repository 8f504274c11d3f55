import { Id } from '#core/contracts/fields.ts'

/** A board to look at, the text of a card to write, what a person or a workspace's members are told, a run, a flow that is drawn. */
const NAME = /^(board|card|user|workspace|job|flow):(.*)$/

/** What a socket can open. */
export interface DocumentName {
  readonly kind: 'board' | 'card' | 'user' | 'workspace' | 'job' | 'flow'
  readonly id: string
}

/** Reads `board:<id>` and the like; null for whatever else somebody asks for. */
export function documentName(text: string): DocumentName | null {
  const [, kind, id] = NAME.exec(text) ?? []
  const { data } = Id.safeParse(id)
  return data === undefined ? null : { kind: kind as DocumentName['kind'], id: data }
}

import { IncomingMessage } from '@hocuspocus/server'
import { Id } from '#core/contracts/fields.ts'

/** A board to look at, the text of a card to write, what a person or a workspace's members are told, a run, a flow that is drawn. */
const NAME = /^(board|card|user|workspace|job|flow):(.*)$/

/** A name, and which opening of it is meant: printable, for it is written to the log, and no longer than ours. */
const ADDRESS = /^[!-~]{1,64}(\0[!-~]{1,64})?$/

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

/** Whether a message begins with something that could be the name of a document. */
export function isAddressed(message: Uint8Array): boolean {
  try {
    return ADDRESS.test(new IncomingMessage(message).readVarString())
  } catch {
    return false
  }
}

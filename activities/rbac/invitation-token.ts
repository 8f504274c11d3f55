import { createHash, randomBytes } from 'node:crypto'

/** As an id is written without its dashes: 16 bytes. */
const ID_BYTES = 16
const SECRET_BYTES = 16
const FORM = /^[\w-]{43}$/

/**
 * What the link of an invitation bears: the id of the workspace, so that what is behind it is looked
 * up in that workspace alone, and 128 bits nobody guesses. Only the hash of the whole is kept.
 */
export function newInvitationToken(workspaceId: string): string {
  const id = Buffer.from(workspaceId.replaceAll('-', ''), 'hex')
  return Buffer.concat([id, randomBytes(SECRET_BYTES)]).toString('base64url')
}

/** The workspace a token leads to; null when it is none. */
export function workspaceOfToken(token: string): string | null {
  if (!FORM.test(token)) return null
  const hex = Buffer.from(token, 'base64url').toString('hex', 0, ID_BYTES)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export const invitationHash = (token: string) => createHash('sha256').update(token).digest()

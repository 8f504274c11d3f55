import { createHash, randomBytes } from 'node:crypto'

/** So long a link in a letter is good. */
export const LINK_LIFE_S = 15 * 60
/** So many links of a kind may be open for one address; more would fill somebody's mailbox. */
export const OPEN_LINKS_MAX = 3

const TOKEN_BYTES = 32

/** What a link bears; only its hash is kept. */
export const newLinkToken = () => randomBytes(TOKEN_BYTES).toString('base64url')

export const linkHash = (token: string) => createHash('sha256').update(token).digest()

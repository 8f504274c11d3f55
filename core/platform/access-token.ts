import type { KeyObject } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { keyPair } from './ed25519.ts'

export const ACCESS_LIFE_S = 15 * 60

const ISSUER = 'projectflow'
const ALGORITHM = 'EdDSA'

/** As many signatures are remembered; a check costs a millisecond, and each request brings one. */
const KNOWN_MAX = 10_000

/** What a token is good for; one kind is never taken for another. */
export type Audience = 'api' | 'queues' | 'second-step'

/** Whose a token is, and the session it came from; a pass to one page has none. */
export interface Bearer {
  readonly userId: string
  readonly sessionId: string | null
}

export interface TokenKeys {
  readonly secret: KeyObject
  readonly open: KeyObject
  /** Tokens whose signature was found right: whose each is, and when it is over. */
  readonly known: Map<string, Bearer & { overMs: number }>
}

/** The pair of keys grown from AUTH_KEY: 32 bytes of base64url. */
export function tokenKeys(seed: string): TokenKeys {
  return { ...keyPair(Buffer.from(seed, 'base64url')), known: new Map() }
}

/** A token that says who its bearer is, for `lifeS` seconds. */
export async function signToken(
  keys: TokenKeys,
  audience: Audience,
  userId: string,
  lifeS = ACCESS_LIFE_S,
  sessionId: string | null = null,
): Promise<string> {
  return await new SignJWT(sessionId === null ? {} : { sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(`${lifeS} s`)
    .sign(keys.secret)
}

/** Whose token it is and of which session, or null when it is not ours, of another kind or over. */
export async function readToken(
  keys: TokenKeys,
  audience: Audience,
  token: string,
): Promise<Bearer | null> {
  const name = `${audience} ${token}`
  const known = keys.known.get(name)
  if (known && Date.now() < known.overMs) return known
  const read = await verify(keys, audience, token)
  if (!read) return null
  const [oldest] = keys.known.keys()
  if (keys.known.size >= KNOWN_MAX) keys.known.delete(oldest!)
  keys.known.set(name, read)
  return read
}

async function verify(keys: TokenKeys, audience: Audience, token: string) {
  try {
    const { payload } = await jwtVerify(token, keys.open, {
      issuer: ISSUER,
      audience,
      algorithms: [ALGORITHM],
      requiredClaims: ['sub', 'exp'],
    })
    const { sub, exp, sid } = payload
    const sessionId = typeof sid === 'string' ? sid : null
    return { userId: sub!, sessionId, overMs: exp! * 1_000 }
  } catch {
    return null
  }
}

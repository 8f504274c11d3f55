import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose'
import { keyPair } from './ed25519.ts'
import { readKeyring, type Keyring } from './keyring.ts'

export const ACCESS_LIFE_S = 15 * 60

const ISSUER = 'projectflow'
const ALGORITHM = 'EdDSA'
/** What the header of one of our tokens holds. */
const HEADER: ReadonlySet<string> = new Set(['alg', 'kid', 'typ'])

/** As many signatures are remembered; a check costs a millisecond, and each request brings one. */
const KNOWN_MAX = 10_000

/** Ours have about 350; a longer one is not looked into. */
const TOKEN_CHARS_MAX = 2_000

/** What a token is good for; one kind is never taken for another. */
export type Audience = 'api' | 'queues' | 'second-step'

/** Whose a token is, and the session it came from; a pass to one page has none. */
export interface Bearer {
  readonly userId: string
  readonly sessionId: string | null
}

export interface TokenKeys {
  /** The first signs; what another one signed is good until it is over. */
  readonly keyring: Keyring
  readonly pairs: ReadonlyMap<string, ReturnType<typeof keyPair>>
  /** Tokens whose signature was found right: whose each is, and when it is over. */
  readonly known: Map<string, Bearer & { overMs: number }>
}

/** The pairs of keys grown from the seeds in AUTH_KEY. */
export function tokenKeys(text: string): TokenKeys {
  const keyring = readKeyring(text)
  const pairs = new Map([...keyring.byId].map(([id, { bytes }]) => [id, keyPair(bytes)]))
  return { keyring, pairs, known: new Map() }
}

/** A kind of token says so in its header too, where no claim can be mistaken for another. */
const typeOf = (audience: Audience) => `${audience}+jwt`

/** A token that says who its bearer is, for `lifeS` seconds. */
export async function signToken(
  keys: TokenKeys,
  audience: Audience,
  userId: string,
  lifeS = ACCESS_LIFE_S,
  sessionId: string | null = null,
): Promise<string> {
  const { id } = keys.keyring.current
  return await new SignJWT(sessionId === null ? {} : { sid: sessionId })
    .setProtectedHeader({ alg: ALGORITHM, kid: id, typ: typeOf(audience) })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(`${lifeS} s`)
    .sign(keys.pairs.get(id)!.secret)
}

/** Whose token it is and of which session, or null when it is not ours, of another kind or over. */
export async function readToken(
  keys: TokenKeys,
  audience: Audience,
  token: string,
): Promise<Bearer | null> {
  if (token.length > TOKEN_CHARS_MAX) return null
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
  const keyOf = (header: JWTHeaderParameters) => {
    // Headers such as jku, x5u or jwk name a key of the token's own choice; crit asks for more.
    const isPlain = Object.keys(header).every((name) => HEADER.has(name))
    const pair = isPlain && keys.pairs.get(header.kid ?? '')
    if (!pair) throw new Error('a token of a key that is not ours')
    return pair.open
  }
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      typ: typeOf(audience),
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

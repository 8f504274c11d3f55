import { randomBytes } from 'node:crypto'
import { SignJWT } from 'jose'
import { readToken, signToken, tokenKeys, type Audience } from '#core/platform/access-token.ts'

/** Tokens for one thing and person that open nothing, by what is wrong with each. */
export async function badTokens(authKey: string, audience: Audience, userId: string) {
  const keys = tokenKeys(authKey)
  const { id } = keys.keyring.current
  const { secret, open } = keys.pairs.get(id)!
  const foreign = tokenKeys(randomBytes(32).toString('base64url'))
  const foreignId = foreign.keyring.current.id
  const foreignSecret = foreign.pairs.get(foreignId)!.secret
  const usual = { alg: 'EdDSA', kid: id, typ: `${audience}+jwt` }
  const claims = { iss: 'projectflow', aud: audience, sub: userId, exp: Date.now() / 1_000 + 900 }
  const made = (
    header: object,
    change: object = {},
    key: Parameters<SignJWT['sign']>[0] = secret,
    crit: Record<string, boolean> = {},
  ) =>
    new SignJWT({ ...claims, ...change })
      .setProtectedHeader({ ...usual, ...header })
      .sign(key, { crit })
  const pem = Buffer.from(open.export({ format: 'pem', type: 'spki' }))
  const raw = (part: object | string) =>
    Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
  const good = await signToken(keys, audience, userId)
  if (!(await readToken(keys, audience, await made({}))))
    throw new Error('the usual one is bad too')
  const elsewhere = 'http://127.0.0.1:9/keys'
  return {
    'alg none': `${raw({ ...usual, alg: 'none' })}.${raw(claims)}.`,
    'HS256 with the public key': await made({ alg: 'HS256' }, {}, pem),
    'another key': await made({}, {}, foreignSecret),
    'an unknown kid': await made({ kid: foreignId }),
    'no kid': await made({ kid: undefined }),
    jku: await made({ kid: foreignId, jku: elsewhere }, {}, foreignSecret),
    x5u: await made({ x5u: elsewhere }, {}, foreignSecret),
    'jku beside our key': await made({ jku: elsewhere }),
    'x5u beside our key': await made({ x5u: elsewhere }),
    jwk: await made({ jwk: foreign.pairs.get(foreignId)!.open.export({ format: 'jwk' }) }),
    crit: await made({ crit: ['exp'], exp: 1 }, {}, secret, { exp: true }),
    'over for a minute': await made({}, { exp: Date.now() / 1_000 - 60 }),
    'never over': await made({}, { exp: undefined }),
    'another audience': await made({}, { aud: 'elsewhere' }),
    'another issuer': await made({}, { iss: 'elsewhere' }),
    'another type': await made({ typ: 'JWT' }),
    truncated: good.slice(0, -10),
    'a megabyte': await made({}, { pad: 'a'.repeat(1_000_000) }),
    'not JSON': `${raw('not JSON')}.${raw('not JSON')}.${raw('x')}`,
  }
}

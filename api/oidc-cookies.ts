import { open, seal } from '#core/platform/envelope.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import type { Context } from './context.ts'
import { giveCookie, takeCookie, type CookieKind } from './cookies.ts'
import type { Claims, Handshake } from './oidc-issuer.ts'
import { API_PREFIX } from './paths.ts'
import type { Parts } from './parts.ts'

const LIFE_S = 10 * 60
/** Browsers keep no longer ones. */
const COOKIE_CHARS_MAX = 4_096

const at = { path: `${API_PREFIX}/auth/oidc`, lifeS: LIFE_S }

/** What is the same on the way to the issuer and back. */
export interface Wish {
  /** Where the person wants to be in the end, an address of our own. */
  readonly returnTo: string
  /** Stay signed in for 30 days. */
  readonly remember: boolean
  /** Whose account it is to be linked to; null for who wants to sign in. */
  readonly linkTo: string | null
}

/** Held by the browser while its person is at the issuer: no other browser can come back for it. */
export const TRIP: Kind<Handshake & Wish> = { ...at, name: 'pf_oidc_trip', comesBack: true }

/** Held from then on: who the person is there, until our own page has done something with it. */
export const ARRIVAL: Kind<Claims & Wish> = { ...at, name: 'pf_oidc' }

/** A cookie and, by its type alone, what is sealed into it. */
interface Kind<Held> extends CookieKind {
  readonly holds?: Held
}

/** Hands a browser what it can neither read nor change, for ten minutes. */
export function hand<Held>(ctx: Context, { config }: Parts, kind: Kind<Held>, held: Held): void {
  const text = JSON.stringify({ ...held, untilMs: Date.now() + LIFE_S * 1_000 })
  const sealed = seal(readKeyring(config.MASTER_KEY), Buffer.from(text), kind.name)
  giveCookie(ctx, config, kind, sealed.toString('base64url'))
}

/** What a browser was handed; null when that is nothing, over, or not by us. */
export function handed<Held>(ctx: Context, { config }: Parts, kind: Kind<Held>): Held | null {
  const text = ctx.cookies.get(kind.name)
  if (!text || text.length > COOKIE_CHARS_MAX) return null
  try {
    const sealed = Buffer.from(text, 'base64url')
    const held = open(readKeyring(config.MASTER_KEY), sealed, kind.name).toString()
    const { untilMs, ...rest } = JSON.parse(held) as Held & { untilMs: number }
    return Date.now() < untilMs ? (rest as Held) : null
  } catch {
    return null
  }
}

export function takeBack(ctx: Context, { config }: Parts, kind: Kind<unknown>): void {
  takeCookie(ctx, config, kind)
}

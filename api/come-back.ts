import { THE_INSTALLATION } from '#activities/audit/queries.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Context } from './context.ts'
import { logDenied } from './installation-log.ts'
import { countAttempt, forgetAttempts } from './login-throttle.ts'
import type { Claims, Handshake, OidcIssuer } from './oidc-issuer.ts'
import type { Parts } from './parts.ts'
import { tooMany } from './too-many.ts'

/** What attempts by the issuer are counted as, as those by password are by their account. */
const COUNTED_AS = 'oidc'

/** Whom a browser has come back as; what cannot be believed is counted and written down. */
export async function comeBack(
  { ctx, parts }: { ctx: Context; parts: Parts },
  issuer: OidcIssuer,
  handshake: Handshake,
): Promise<Claims> {
  const waitS = await countAttempt(parts, COUNTED_AS, ctx.state.ip)
  if (waitS > 0) throw tooMany(ctx, waitS)
  try {
    const claims = await issuer.end(ctx.search, handshake)
    await forgetAttempts(parts, COUNTED_AS, ctx.state.ip)
    return claims
  } catch (error) {
    if (error instanceof Refusal && error.code === 'oidc.failed') {
      const told = { action: 'session.open', actorId: null, ...THE_INSTALLATION } as const
      await logDenied({ ctx, parts }, told, error.code)
    }
    throw error
  }
}

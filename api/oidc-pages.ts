import Router from '@koa/router'
import { z } from 'zod'
import { isOwnPath } from '#core/kernel/own-path.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { comeBack } from './come-back.ts'
import type { Context, State } from './context.ts'
import { isAway } from './middleware/away.ts'
import { ARRIVAL, hand, handed, takeBack, TRIP, type Wish } from './oidc-cookies.ts'
import { API_PREFIX } from './paths.ts'
import type { Parts } from './parts.ts'
import { readQuery } from './query.ts'
import { refuse } from './refuse.ts'
import { read } from './validate.ts'

/** The page of the UI that goes on from there. */
const PAGE = '/oidc'

const Start = z.strictObject({
  returnTo: z.string().refine(isOwnPath, { error: 'must be a path of this site' }).default('/'),
  remember: z.literal('1').optional(),
})

/**
 * The two addresses a browser itself goes to, on its way to the issuer and back. They change nothing
 * but cookies: what comes of it, a page of ours asks for; see routes/oidc.ts.
 */
export function oidcPages(parts: Parts): Router<State> {
  return new Router<State>({ prefix: `${API_PREFIX}/auth/oidc` })
    .get('/start', async (ctx) => {
      const { returnTo, remember } = read(Start, readQuery(ctx.querystring), 'query')
      const wish = { returnTo, remember: remember !== undefined, linkTo: null }
      await leadOn(ctx, returnTo, async () => await departure(ctx, parts, wish))
    })
    .get('/callback', async (ctx) => {
      const trip = handed(ctx, parts, TRIP)
      takeBack(ctx, parts, TRIP)
      await leadOn(ctx, trip?.returnTo ?? '/', async () => {
        if (!trip) throw refuse('oidc.lost')
        const { state, nonce, verifier, ...wish } = trip
        const handshake = { state, nonce, verifier }
        const claims = await comeBack({ ctx, parts }, issuerOf(parts), handshake)
        hand(ctx, parts, ARRIVAL, { ...claims, ...wish })
        const link = wish.linkTo === null ? '' : 'link=1&'
        return `${PAGE}?${link}next=${encodeURIComponent(wish.returnTo)}`
      })
    })
}

/** The issuer's address for a browser, which is handed what to come back with. */
export async function departure(ctx: Context, parts: Parts, wish: Wish): Promise<string> {
  const { url, handshake } = await issuerOf(parts).begin()
  hand(ctx, parts, TRIP, { ...handshake, ...wish })
  return url
}

function issuerOf({ oidc }: Parts) {
  if (!oidc) throw refuse('oidc.not_set_up')
  return oidc
}

/** A person looks at what comes of it, so a refusal leads to a page that says it in words. */
async function leadOn(ctx: Context, next: string, way: () => Promise<string>): Promise<void> {
  ctx.set('cache-control', 'no-store')
  try {
    ctx.redirect(await way())
  } catch (error) {
    const fault = error instanceof Refusal ? error.code : isAway(error) && 'service.away'
    if (!fault) throw error
    ctx.redirect(`${PAGE}?fault=${fault}&next=${encodeURIComponent(next)}`)
  }
}

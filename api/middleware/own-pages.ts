import type { Context, Middleware } from '../context.ts'
import { CODEC_PATH, QUEUES_PATH, REPORTS_PATH, TEMPORAL_PATH } from '../paths.ts'
import { refuse } from '../refuse.ts'

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses changes that another site's page asks for with the cookies of who looks at it: what a
 * browser says about where a request comes from must name us, and a request that is let in by a
 * cookie bears a header no form can send. Programs send neither and come with a token.
 */
export function ownPages(allowed: ReadonlySet<string>): Middleware {
  return async (ctx, next) => {
    // The Temporal Web UI may be another origin; decode-histories.ts asks who it is. Browsers report
    // as they like, and a report changes nothing.
    const isOpen = ctx.path.startsWith(`${CODEC_PATH}/`) || ctx.path === REPORTS_PATH
    const isChange = !HARMLESS.has(ctx.method) && !isOpen
    if (isChange && !(comesFromUs(ctx, allowed) && isMeant(ctx))) throw refuse('request.cross_site')
    await next()
  }
}

function comesFromUs(ctx: Context, allowed: ReadonlySet<string>): boolean {
  const origin = ctx.get('origin')
  if (allowed.has(origin)) return true
  if (origin && (!URL.canParse(origin) || new URL(origin).host !== ctx.host)) return false
  return ['', 'same-origin', 'none'].includes(ctx.get('sec-fetch-site'))
}

/** Others' pages that we show send no header of their own, but always say where they come from. */
const SHOWN = [`${QUEUES_PATH}/`, `${TEMPORAL_PATH}/`]

function isMeant(ctx: Context): boolean {
  if (!ctx.get('cookie') || ctx.get('authorization') || ctx.get('x-requested-with')) return true
  return SHOWN.some((path) => ctx.path.startsWith(path)) && ctx.get('origin') !== ''
}

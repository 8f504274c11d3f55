import type Koa from 'koa'

interface Box {
  /** What its scripts may ask, below our host. */
  readonly asks: readonly string[]
  /** Where scripts come from. */
  readonly scripts: string
  /** What a `<base>` may name. */
  readonly base: string
}

/** Our host as a source of a policy, which a made-up Host header cannot write into. */
export const hostOf = (ctx: Pick<Koa.Context, 'host'>): string =>
  /^[\w.:[\]-]+$/.test(ctx.host) ? ctx.host : ''

/**
 * The policy of a page of others that we show. Its scripts run on our origin, so they may ask nothing
 * but what is theirs, and open no page of ours that might: not in a frame, and not in a window, which
 * is what the sandbox leaves out.
 */
export function boxedPolicy(ctx: Pick<Koa.Context, 'host'>, { asks, scripts, base }: Box): string {
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self'",
    `connect-src ${asks.map((path) => hostOf(ctx) + path).join(' ')}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    `base-uri ${base}`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    'sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-downloads',
  ].join('; ')
}

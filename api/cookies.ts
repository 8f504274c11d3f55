import type { Config } from '#core/platform/config.ts'
import type { Context } from './context.ts'

/** A cookie no script can read and no other site's page can send. */
export interface CookieKind {
  readonly name: string
  readonly path: string
  readonly lifeS: number
}

/** Browsers reach production over TLS, which ends before us: our own connection does not tell. */
export const isHttps = (config: Config) => config.NODE_ENV === 'production'

export function giveCookie(ctx: Context, config: Config, kind: CookieKind, value: string): void {
  const { name, path, lifeS } = kind
  const attributes = [`Path=${path}`, `Max-Age=${lifeS}`, 'HttpOnly', 'SameSite=Strict']
  if (isHttps(config)) attributes.push('Secure')
  ctx.append('set-cookie', [`${name}=${value}`, ...attributes].join('; '))
}

export function takeCookie(ctx: Context, config: Config, kind: CookieKind): void {
  giveCookie(ctx, config, { ...kind, lifeS: 0 }, '')
}

import type { Config } from '#core/platform/config.ts'
import type { Context } from './context.ts'

/** A cookie no script can read and, unless it has to, no other site's page can send. */
export interface CookieKind {
  readonly name: string
  readonly path: string
  readonly lifeS: number
  /** Other sites' pages send it too, over TLS: whoever takes it checks the Origin. */
  readonly crossesSites?: true
  /** It comes along when a page of another site leads here, and with nothing else of that site. */
  readonly comesBack?: true
}

/** Browsers reach production over TLS, which ends before us: our own connection does not tell. */
export const isHttps = (config: Config) => config.NODE_ENV === 'production'

export function giveCookie(ctx: Context, config: Config, kind: CookieKind, value: string): void {
  const { name, path, lifeS } = kind
  const sites = `SameSite=${sameSite(config, kind)}`
  const attributes = [`Path=${path}`, `Max-Age=${lifeS}`, 'HttpOnly', sites]
  if (isHttps(config)) attributes.push('Secure')
  ctx.append('set-cookie', [`${name}=${value}`, ...attributes].join('; '))
}

function sameSite(config: Config, { crossesSites, comesBack }: CookieKind) {
  if (crossesSites && isHttps(config)) return 'None'
  return comesBack ? 'Lax' : 'Strict'
}

export function takeCookie(ctx: Context, config: Config, kind: CookieKind): void {
  giveCookie(ctx, config, { ...kind, lifeS: 0 }, '')
}

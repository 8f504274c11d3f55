import type Koa from 'koa'
import helmet from 'koa-helmet'
import type { Middleware } from '../context.ts'
import { REPORTS_PATH } from '../paths.ts'

const SELF = ["'self'"]
const NONE = ["'none'"]

const YEAR_S = 365 * 24 * 60 * 60

/**
 * What a browser may do with our pages: scripts, styles and connections (the socket too) of this
 * origin and nothing else, but for files, which it fetches from the origin that gives them out, if
 * there is one. `https` says that browsers reach us over TLS, so they may insist on it.
 */
export function securityHeaders(https: boolean, filesOrigin: string | null): Koa.Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: SELF,
        scriptSrc: SELF,
        styleSrc: SELF,
        // Pictures on cards are fetched with a token and shown from memory.
        imgSrc: [...SELF, 'data:', 'blob:'],
        fontSrc: SELF,
        connectSrc: filesOrigin === null ? SELF : [...SELF, filesOrigin],
        workerSrc: SELF,
        manifestSrc: SELF,
        objectSrc: NONE,
        baseUri: NONE,
        formAction: SELF,
        frameAncestors: NONE,
        reportUri: REPORTS_PATH,
        reportTo: 'policy',
      },
    },
    strictTransportSecurity: https && { maxAge: YEAR_S, includeSubDomains: true },
  })
}

/** Tells browsers where `report-to` of the policy leads. */
export const reportingEndpoint: Middleware = async (ctx, next) => {
  ctx.set('reporting-endpoints', `policy="${REPORTS_PATH}"`)
  await next()
}

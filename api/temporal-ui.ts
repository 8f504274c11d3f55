import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { THE_INSTALLATION } from '#activities/audit/queries.ts'
import { isOperator } from '#activities/rbac/queries.ts'
import { readToken } from '#core/platform/access-token.ts'
import type { Config } from '#core/platform/config.ts'
import { askForPass, asksForPage } from './ask-for-pass.ts'
import { boxedPolicy } from './boxed-policy.ts'
import type { Context, Middleware } from './context.ts'
import { isHttps, type CookieKind } from './cookies.ts'
import { logLine } from './installation-log.ts'
import { readBytes } from './middleware/body.ts'
import type { Parts } from './parts.ts'
import { CODEC_PATH, TEMPORAL_PATH } from './paths.ts'
import { refuse } from './refuse.ts'

/** Lets a browser tab into the Temporal Web UI, as QUEUES_PASS does into Bull Board. */
export const TEMPORAL_PASS: CookieKind = {
  name: 'pf_temporal',
  path: TEMPORAL_PATH,
  lifeS: 60 * 60,
}

const ANSWER_LIMIT_MS = 30_000
const PATH_CHARS_MAX = 300
/** The UI's own token against forged changes: it reads it from this cookie and says it in a header. */
const CSRF_COOKIE = '_csrf'
/** What the UI hears of a request; who asks, and with what cookies, is none of its affair. */
const HEARD = ['accept', 'accept-language', 'content-type', 'if-none-match', 'x-csrf-token']
/** What a browser hears of an answer. */
const TOLD = ['content-type', 'cache-control', 'etag', 'last-modified']
const READS = new Set(['GET', 'HEAD'])

/**
 * Shows the Temporal Web UI of TEMPORAL_UI_ADDRESS, which has no log-in of its own, to operators: to
 * all others there is nothing. Where a page is asked for, the app answers, gets an operator their
 * pass and comes again. What is changed in it is written down first.
 */
export function temporalUi(parts: Parts): Middleware {
  const address = parts.config.TEMPORAL_UI_ADDRESS
  return async (ctx, next) => {
    if (ctx.path !== TEMPORAL_PATH && !ctx.path.startsWith(`${TEMPORAL_PATH}/`)) return await next()
    const operator = address === undefined ? null : await operatorOf(ctx, parts)
    if (address === undefined || operator === null) {
      if (asksForPage(ctx)) return await askForPass(ctx, next)
      throw refuse('request.not_found')
    }
    if (!READS.has(ctx.method)) await tell(ctx, parts, operator)
    await forward(ctx, parts.config, address)
  }
}

async function operatorOf(ctx: Context, parts: Parts): Promise<string | null> {
  const pass = ctx.cookies.get(TEMPORAL_PASS.name)
  const bearer = pass ? await readToken(parts.keys, 'queues', pass) : null
  if (!bearer || parts.endedSessions.has(bearer.sessionId)) return null
  return (await isOperator(parts.database, bearer.userId)) ? bearer.userId : null
}

async function tell(ctx: Context, parts: Parts, actorId: string): Promise<void> {
  const after = { method: ctx.method, path: ctx.path.slice(0, PATH_CHARS_MAX) }
  await logLine(
    { ctx, parts },
    { action: 'operator.temporal', actorId, after, ...THE_INSTALLATION },
  )
}

async function forward(ctx: Context, config: Config, address: string): Promise<void> {
  // By parts, for a request may name a host of its own: GET http://elsewhere/admin/temporal
  const url = new URL(address)
  url.pathname = ctx.path
  url.search = ctx.search
  if (!url.pathname.startsWith(TEMPORAL_PATH)) throw refuse('request.not_found')
  const body = READS.has(ctx.method) ? undefined : await readBytes(ctx)
  const answer = await fetch(url, {
    method: ctx.method,
    headers: heardOf(ctx),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    ...(body && { body: new Uint8Array(body) }),
  }).catch(() => {
    throw refuse('service.away')
  })
  ctx.status = answer.status
  for (const name of TOLD) if (answer.headers.has(name)) ctx.set(name, answer.headers.get(name)!)
  const location = answer.headers.get('location')
  if (location?.startsWith(TEMPORAL_PATH)) ctx.set('location', location)
  for (const cookie of answer.headers.getSetCookie()) giveCsrf(ctx, config, cookie)
  const isPage = answer.headers.get('content-type')?.startsWith('text/html')
  const page = isPage ? await answer.text() : ''
  ctx.set('content-security-policy', policyOf(ctx, page))
  ctx.body = isPage ? page : answer.body && Readable.fromWeb(answer.body as ReadableStream)
}

function heardOf(ctx: Context): Headers {
  const headers = new Headers()
  for (const name of HEARD) if (ctx.get(name)) headers.set(name, ctx.get(name))
  const csrf = ctx.cookies.get(CSRF_COOKIE)
  if (csrf) headers.set('cookie', `${CSRF_COOKIE}=${csrf}`)
  return headers
}

/** The UI gives its cookie to the whole origin, and its scripts have to read it. */
function giveCsrf(ctx: Context, config: Config, cookie: string): void {
  const [, value] = /^_csrf=([\w-]+)/.exec(cookie) ?? []
  if (!value) return
  const secure = isHttps(config) ? '; Secure' : ''
  const attributes = `Path=${TEMPORAL_PATH}; SameSite=Strict${secure}`
  ctx.append('set-cookie', `${CSRF_COOKIE}=${value}; ${attributes}`)
}

/** Its scripts are those its page came with, and may ask the UI and the codec. */
function policyOf(ctx: Context, page: string): string {
  const inline = Array.from(page.matchAll(/<script>([^]*?)<\/script>/g), ([, script]) => {
    return `'sha256-${createHash('sha256').update(script!).digest('base64')}'`
  })
  return boxedPolicy(ctx, {
    asks: [`${TEMPORAL_PATH}/`, `${CODEC_PATH}/`],
    scripts: ["'self'", ...inline].join(' '),
    base: "'none'",
  })
}

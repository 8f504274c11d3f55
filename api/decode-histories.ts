import type { Payload, PayloadCodec } from '@temporalio/common'
import { sealingCodec } from '#engine/payload-codec.ts'
import { isOperator } from '#activities/rbac/queries.ts'
import { Payloads } from '#core/contracts/histories.ts'
import { readToken } from '#core/platform/access-token.ts'
import { SealError } from '#core/platform/envelope.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import type { Context, Middleware } from './context.ts'
import type { CookieKind } from './cookies.ts'
import { readBody } from './middleware/body.ts'
import type { Parts } from './parts.ts'
import { CODEC_PATH } from './paths.ts'
import { refuse } from './refuse.ts'
import { read } from './validate.ts'
import { uiUrl } from './workflow-url.ts'

const PREFLIGHT_LIFE_S = 600

/**
 * Has the Temporal Web UI decode histories in a browser. The UI may be on another site, as through
 * a tunnel, so the cookie crosses sites; whoever answers checks where the request comes from.
 */
export const HISTORIES_PASS: CookieKind = {
  name: 'pf_histories',
  path: CODEC_PATH,
  lifeS: 60 * 60,
  crossesSites: true,
}

/** Decodes what Temporal stores, for operators, in the Web UI alone. */
export function decodeHistories(parts: Parts): Middleware {
  const codec = sealingCodec(readKeyring(parts.config.MASTER_KEY))
  const ui = new URL(uiUrl(parts.config)).origin
  return async (ctx, next) => {
    if (ctx.path !== `${CODEC_PATH}/decode`) return await next()
    allowOrigin(ctx, ui)
    if (ctx.method === 'OPTIONS') return void (ctx.status = 204)
    if (ctx.method !== 'POST') throw refuse('request.method_not_allowed')
    const pass = ctx.cookies.get(HISTORIES_PASS.name)
    const bearer = pass ? await readToken(parts.keys, 'queues', pass) : null
    if (!bearer || parts.endedSessions.has(bearer.sessionId)) throw refuse('auth.required')
    if (!(await isOperator(parts.database, bearer.userId))) throw refuse('permission.denied')
    const { payloads } = read(Payloads, await readBody(ctx), 'body')
    ctx.set('cache-control', 'no-store')
    ctx.body = { payloads: await Promise.all(payloads.map((each) => decoded(codec, each))) }
  }
}

/** Pages of the UI's origin may ask, with their cookie; all others are refused. */
function allowOrigin(ctx: Context, ui: string): void {
  ctx.vary('origin')
  if (ctx.get('origin') !== ui) throw refuse('permission.denied')
  ctx.set('access-control-allow-origin', ui)
  ctx.set('access-control-allow-credentials', 'true')
  ctx.set('access-control-allow-methods', 'POST')
  ctx.set('access-control-allow-headers', 'content-type, x-namespace')
  ctx.set('access-control-max-age', String(PREFLIGHT_LIFE_S))
}

type Shown = Payloads['payloads'][number]

/** One whose key is gone is shown as it is stored, and the rest of its history is read all the same. */
async function decoded(codec: PayloadCodec, shown: Shown): Promise<Shown> {
  try {
    const [payload] = await codec.decode([fromBase64(shown)])
    return toBase64(payload!)
  } catch (error) {
    if (error instanceof SealError) return shown
    throw error
  }
}

function fromBase64({ metadata, data }: Shown): Payload {
  const entries = Object.entries(metadata).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64'),
  ])
  return { metadata: Object.fromEntries(entries), data: Buffer.from(data, 'base64') }
}

function toBase64({ metadata, data }: Payload): Shown {
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, text(value)])
  return { metadata: Object.fromEntries(entries), data: text(data ?? new Uint8Array()) }
}

import { REQUEST_BYTES_MAX } from '#core/kernel/limits.ts'
import type { Context } from '../context.ts'
import { endWithAnswer } from '../http-server.ts'
import { refuse } from '../refuse.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The JSON value of the request's body, or an empty object where there is none.
 * Refuses what is too large, not UTF-8, not JSON or not said to be JSON.
 */
export async function readBody(ctx: Context): Promise<unknown> {
  const bytes = await readBytes(ctx)
  if (bytes.length === 0) return {}
  if (!ctx.is('application/json') || ctx.get('content-encoding')) {
    throw refuse('request.unsupported_type')
  }
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch {
    throw refuse('request.not_json')
  }
}

/** The request's body as it came, if it is not too large. */
export async function readBytes(ctx: Context, bytesMax = REQUEST_BYTES_MAX): Promise<Buffer> {
  if (Number(ctx.get('content-length')) > bytesMax) throw tooLarge(ctx)
  const chunks: Buffer[] = []
  let length = 0
  const pieces = ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  for await (const chunk of pieces) {
    length += chunk.length
    if (length > bytesMax) throw tooLarge(ctx)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function tooLarge(ctx: Context) {
  endWithAnswer(ctx.req, ctx.res)
  return refuse('request.too_large')
}

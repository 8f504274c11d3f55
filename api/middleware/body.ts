import type { IncomingMessage } from 'node:http'
import { REQUEST_BYTES_MAX } from '#core/kernel/limits.ts'
import type { Context } from '../context.ts'
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
  for await (const chunk of ctx.req as AsyncIterable<Buffer> & IncomingMessage) {
    length += chunk.length
    if (length > bytesMax) throw tooLarge(ctx)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

/** What is left of the body is not worth reading, so the connection ends with the answer. */
function tooLarge(ctx: Context) {
  ctx.set('connection', 'close')
  return refuse('request.too_large')
}

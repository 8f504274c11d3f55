import { createHash } from 'node:crypto'
import { hookSecretOf, requestFlow } from '#activities/automation/request-flow.ts'
import { isSigned } from '#activities/automation/webhook-signature.ts'
import { isDeeper } from '#core/contracts/flows/check-shape.ts'
import { HOOK_BYTES_MAX, HOOK_HEADERS, HookTaken } from '#core/contracts/flows/hook.ts'
import { OUTPUT_DEPTH_MAX } from '#core/flows/limits.ts'
import { outboxChannel } from '#core/platform/channels.ts'
import type { Context } from '../context.ts'
import { readBytes } from '../middleware/body.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

const DELIVERY_ID_CHARS_MAX = 200

/** Messages from outside that start flows. */
export const hooks: readonly Route[] = [
  route({
    method: 'post',
    path: '/hooks/:flowId',
    summary:
      'Start a flow with a message that is signed as Standard Webhooks are; answered once it is kept, and one sent twice starts one run',
    access: 'anyone',
    takesFile: true,
    status: 202,
    answer: HookTaken,
    refusals: [
      'hook.not_found',
      'hook.not_signed',
      'request.too_large',
      'request.not_json',
      'request.invalid',
    ],
    async handle({ ctx, parts, params: { flowId } }) {
      const { config, database, redis } = parts
      const body = (await readBytes(ctx, HOOK_BYTES_MAX)).toString('utf8')
      const secret = await hookSecretOf(database, config.COMMAND_KEY, flowId)
      if (secret === null) throw refuse('hook.not_found')
      const head = (name: string) => ctx.get(`webhook-${name}`)
      const signed = { id: head('id'), timestamp: head('timestamp'), signature: head('signature') }
      if (signed.id === '' || !isSigned(secret, signed, body)) throw refuse('hook.not_signed')
      const kept = await requestFlow(database, {
        flowId,
        deliveryId: deliveryIdOf(signed.id),
        kind: 'webhook',
        userId: null,
        cardId: null,
        given: { body: jsonOf(body), headers: headersOf(ctx), deliveryId: signed.id },
      })
      if (kept === 'nobody') throw refuse('hook.not_found')
      // Whoever does not hear of it looks within a second.
      redis.publish(outboxChannel(config.REDIS_PREFIX), '').catch(() => {})
      return { status: kept }
    },
  }),
]

const deliveryIdOf = (id: string) =>
  id.length <= DELIVERY_ID_CHARS_MAX ? id : createHash('sha256').update(id).digest('hex')

function jsonOf(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text)
    if (!isDeeper(body, OUTPUT_DEPTH_MAX)) return body
  } catch {
    throw refuse('request.not_json')
  }
  throw refuse('request.invalid')
}

const headersOf = (ctx: Context) =>
  Object.fromEntries(HOOK_HEADERS.map((name) => [name, ctx.get(name)]).filter(([, value]) => value))

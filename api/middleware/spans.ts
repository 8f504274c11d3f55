import { attributeOfParam, ATTRIBUTE } from '#core/platform/span-attributes.ts'
import { failSpan, SpanKind, startSpan, traceparentOf } from '#core/platform/span.ts'
import type { Context, Middleware } from '../context.ts'

/** Asked every few seconds by whoever watches the process: they would be most of all spans. */
const PROBES = new Set(['/health', '/ready', '/metrics'])

/**
 * A span for every request, below the caller's where they name theirs in a `traceparent`. It says which
 * route, who and which ids of the path; nothing else that was sent.
 */
export const spans: Middleware = async (ctx, next) => {
  if (PROBES.has(ctx.path)) return await next()
  const span = startSpan({
    name: ctx.method,
    kind: SpanKind.SERVER,
    attributes: { [ATTRIBUTE.method]: ctx.method, [ATTRIBUTE.requestId]: ctx.state.requestId },
    causes: [ctx.get('traceparent')],
  })
  const traceparent = traceparentOf(span)
  if (traceparent) ctx.state.traceparent = traceparent
  try {
    await next()
  } finally {
    const { _matchedRoute: route } = ctx as { _matchedRoute?: string }
    if (route) span.updateName(`${ctx.method} ${route}`)
    span.setAttributes({ ...(route && { [ATTRIBUTE.route]: route }), ...found(ctx) })
    if (ctx.status >= 500) failSpan(span, String(ctx.status))
    span.end()
  }
}

/** What became known of the request on its way. */
function found({ status, state: { userId, ids = {} } }: Context) {
  const fromPath = Object.entries(ids).map(([name, id]) => [attributeOfParam(name), id])
  return {
    ...Object.fromEntries(fromPath),
    [ATTRIBUTE.status]: status,
    ...(userId && { [ATTRIBUTE.userId]: userId }),
  }
}

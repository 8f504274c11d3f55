import type { Middleware } from '../context.ts'
import { refuse } from '../refuse.ts'

/** What this machine calls itself. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Answers requests for this machine or for `publicUrl` alone. For the demo, whose passwords everybody
 * knows: a page elsewhere whose name is made to lead here (DNS rebinding) is, to a browser, one of
 * our own pages.
 */
export function ownHosts(publicUrl: string): Middleware {
  const ours = new Set([...LOOPBACK, new URL(publicUrl).hostname])
  return async (ctx, next) => {
    if (!ours.has(ctx.hostname)) throw refuse('request.wrong_host')
    await next()
  }
}

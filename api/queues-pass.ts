import { isOperator } from '#activities/rbac/queries.ts'
import { readToken } from '#core/platform/access-token.ts'
import { askForPass, asksForPage } from './ask-for-pass.ts'
import type { Context, Middleware } from './context.ts'
import type { CookieKind } from './cookies.ts'
import { QUEUES_PATH } from './paths.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'

/**
 * Lets a browser tab into Bull Board, which can send no Authorization header. The cookie goes to
 * that path only, no other site's page can send it, and what it allows is asked anew each time.
 */
export const QUEUES_PASS: CookieKind = { name: 'pf_queues', path: QUEUES_PATH, lifeS: 15 * 60 }

/** Serves Bull Board to operators; a browser without a pass gets the app, which fetches one. */
export function showQueues(parts: Parts): Middleware {
  return async (ctx, next) => {
    if (!isWithin(ctx)) return await next()
    const pass = ctx.cookies.get(QUEUES_PASS.name)
    const bearer = pass ? await readToken(parts.keys, 'queues', pass) : null
    const isOver = !bearer || parts.endedSessions.has(bearer.sessionId)
    const isTheirs = !isOver && (await isOperator(parts.database, bearer.userId))
    if (!isTheirs && asksForPage(ctx)) return await askForPass(ctx, next)
    if (!isTheirs) throw refuse(isOver ? 'auth.required' : 'permission.denied')
    await parts.queuesBoard.show(ctx, next)
  }
}

const isWithin = ({ path }: Context) => path === QUEUES_PATH || path.startsWith(`${QUEUES_PATH}/`)

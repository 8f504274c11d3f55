import Router from '@koa/router'
import { z } from 'zod'
import type { Scope } from '#core/contracts/api-tokens.ts'
import { Id } from '#core/contracts/fields.ts'
import type { Permission } from '#core/kernel/permissions.ts'
import type { State } from './context.ts'
import { readBody } from './middleware/body.ts'
import { signedIn, type Caller } from './middleware/authentication.ts'
import { keyOf } from './idempotency-key.ts'
import { API_PREFIX } from './paths.ts'
import type { Parts } from './parts.ts'
import { kindOf, rateLimits } from './rate-limits.ts'
import { refuse } from './refuse.ts'
import { readQuery } from './query.ts'
import type { Route } from './route.ts'
import { read } from './validate.ts'

const Params = z.record(z.string(), Id)
const Nothing = z.strictObject({})
/** What a program does only with a token made for it. */
const MANAGING: ReadonlySet<Permission> = new Set(['members.manage', 'workspace.manage'])
const NOBODY: Caller = { userId: '', sessionId: null }

/** Serves the routes of the list: who asks, then what the request holds, then the route itself. */
export function serve(routes: readonly Route[], parts: Parts): Router<State> {
  const router = new Router<State>({ prefix: API_PREFIX })
  const count = rateLimits(parts)
  for (const route of routes) {
    const kind = kindOf(route)
    router[route.method](route.path, async (ctx) => {
      const bearer = route.access === 'anyone' ? NOBODY : await signedIn(ctx, parts)
      if (bearer.scope) refuseBeyondScope(route, bearer.scope)
      if (kind && bearer !== NOBODY) await count(ctx, bearer, kind)
      const params = read(Params, ctx.params, 'path')
      ctx.state.ids = params
      const query = read(route.query ?? Nothing, readQuery(ctx.querystring), 'query')
      const hasJson = route.method !== 'get' && !route.takesFile
      const body = hasJson ? read(route.body ?? Nothing, await readBody(ctx), 'body') : {}
      const key = hasJson ? keyOf(ctx) : ''
      ctx.status = route.status
      ctx.set('cache-control', 'no-store')
      const { permission, own } = route
      const { userId, sessionId } = bearer
      const rule = { permission, ...(own && { own }) }
      const call = { ctx, parts, params, query, body, userId, sessionId, ...rule, key }
      const answer = await route.handle(call)
      if (answer === undefined) return
      // Written here, once: Koa would write a large board a second time to learn its length.
      ctx.type = 'json'
      ctx.body = JSON.stringify(answer)
    })
  }
  return router
}

/** What a token for programs is not good for, whoever made it. */
function refuseBeyondScope({ access, method, permission }: Route, scope: Scope): void {
  if (access === 'session') throw refuse('auth.session_required')
  if (method === 'get' || scope === 'manage') return
  if (scope === 'read') throw refuse('auth.read_only')
  if (permission && MANAGING.has(permission)) throw refuse('auth.not_managing')
}

import { isTokenText } from '#activities/auth/api-token-text.ts'
import { bearerOfApiToken } from '#activities/auth/api-tokens.ts'
import type { Scope } from '#core/contracts/api-tokens.ts'
import { readToken, type Bearer } from '#core/platform/access-token.ts'
import type { Context } from '../context.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'

const BEARER = /^Bearer ([\w.-]{1,2048})$/i

/** Who asks; a program with a token of somebody's has a scope and no session. */
export interface Caller extends Bearer {
  readonly scope?: Scope
}

type Keys = Pick<Parts, 'keys' | 'endedSessions' | 'database'>

/** Who asks, by what stands in `Authorization: Bearer`: an access token, or one for programs. */
export async function signedIn(ctx: Context, parts: Keys): Promise<Caller> {
  const header = ctx.get('authorization')
  if (!header) throw refuse('auth.required')
  const token = BEARER.exec(header)?.[1]
  const caller = token ? await callerOf(token, parts) : null
  if (!caller) throw refuse('auth.expired')
  ctx.state.userId = caller.userId
  return caller
}

async function callerOf(
  token: string,
  { keys, endedSessions, database }: Keys,
): Promise<Caller | null> {
  if (isTokenText(token)) {
    const bearer = await bearerOfApiToken(database, token)
    return bearer && { ...bearer, sessionId: null }
  }
  const bearer = await readToken(keys, 'api', token)
  return bearer && !endedSessions.has(bearer.sessionId) ? bearer : null
}

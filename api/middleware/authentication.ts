import { readToken, type Bearer } from '#core/platform/access-token.ts'
import type { Context } from '../context.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'

const BEARER = /^Bearer ([\w.-]{1,2048})$/i

/** Who asks, by the access token in `Authorization: Bearer` of a session that goes on. */
export async function signedIn(
  ctx: Context,
  { keys, endedSessions }: Pick<Parts, 'keys' | 'endedSessions'>,
): Promise<Bearer> {
  const header = ctx.get('authorization')
  if (!header) throw refuse('auth.required')
  const token = BEARER.exec(header)?.[1]
  const bearer = token ? await readToken(keys, 'api', token) : null
  if (!bearer || endedSessions.has(bearer.sessionId)) throw refuse('auth.expired')
  return bearer
}

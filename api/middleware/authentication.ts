import { readToken, type TokenKeys } from '#core/platform/access-token.ts'
import type { Context } from '../context.ts'
import { refuse } from '../refuse.ts'

const BEARER = /^Bearer ([\w.-]{1,2048})$/i

/** Who asks, by the access token in `Authorization: Bearer`. */
export async function signedIn(ctx: Context, keys: TokenKeys): Promise<string> {
  const header = ctx.get('authorization')
  if (!header) throw refuse('auth.required')
  const token = BEARER.exec(header)?.[1]
  const userId = token ? await readToken(keys, 'api', token) : null
  if (!userId) throw refuse('auth.expired')
  return userId
}

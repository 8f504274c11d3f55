import type { Knex } from 'knex'
import type { ApiTokenView, NewApiToken } from '#core/contracts/api-tokens.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { newTokenText, tokenHash } from './api-token-text.ts'

// One of the doors that write without a workflow: what programs may do is no action on a board.

const TOKENS_MAX = 50
const DAY_MS = 24 * 3_600 * 1_000

export interface TokenBearer {
  readonly userId: string
  readonly scope: ApiTokenView['scope']
}

/** Makes a token; its text is answered this once and kept nowhere. */
export async function makeApiToken(
  database: Knex,
  userId: string,
  { name, scope, expiresInDays }: NewApiToken,
): Promise<{ token: string; item: ApiTokenView }> {
  const token = newTokenText()
  const id = newId()
  await database.transaction(async (trx) => {
    await trx('users').where({ id: userId }).forUpdate().first('id')
    const held = await apiTokensOf(trx, userId)
    if (held.length >= TOKENS_MAX) {
      throw new Refusal('token.too_many', `Nobody has more than ${TOKENS_MAX} tokens.`)
    }
    const expires_at = new Date(Date.now() + expiresInDays * DAY_MS)
    const row = { id, user_id: userId, name, scope, token_hash: tokenHash(token), expires_at }
    await trx('api_tokens').insert(row)
  })
  const items = await apiTokensOf(database, userId)
  return { token, item: items.find((item) => item.id === id)! }
}

/** Somebody's tokens that are good, the newest first. */
export async function apiTokensOf(database: Knex, userId: string): Promise<ApiTokenView[]> {
  const rows = await database('api_tokens')
    .where({ user_id: userId, revoked_at: null })
    .where('expires_at', '>', database.fn.now())
    .orderBy('id', 'desc')
    .select('id', 'name', 'scope', 'created_at', 'expires_at', 'last_used_at')
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    scope: row.scope,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }))
}

/** Ends a token at once; false when the person has none of that id. */
export async function endApiToken(database: Knex, userId: string, id: string): Promise<boolean> {
  const ended = await database('api_tokens')
    .where({ id, user_id: userId, revoked_at: null })
    .update({ revoked_at: database.fn.now() })
  return ended > 0
}

/** Ends all of somebody's tokens. */
export async function endApiTokens(trx: Knex.Transaction, userId: string): Promise<void> {
  await trx('api_tokens')
    .where({ user_id: userId, revoked_at: null })
    .update({ revoked_at: trx.fn.now() })
}

/** Who a token stands for, or null when it is none of ours, over or ended. */
export async function bearerOfApiToken(database: Knex, text: string): Promise<TokenBearer | null> {
  const { rows } = await database.raw<{ rows: (TokenBearer & { id: string; isStale: boolean })[] }>(
    `select id, user_id as "userId", scope,
       last_used_at is null or last_used_at < now() - interval '1 minute' as "isStale"
     from api_tokens where token_hash = ? and revoked_at is null and expires_at > now()`,
    [tokenHash(text)],
  )
  const [found] = rows
  if (!found) return null
  if (found.isStale) {
    await database.raw('update api_tokens set last_used_at = now() where id = ?', [found.id])
  }
  return { userId: found.userId, scope: found.scope }
}

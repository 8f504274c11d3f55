import { apiTokensOf, endApiToken, makeApiToken } from '#activities/auth/api-tokens.ts'
import { ApiTokens, MadeApiToken, NewApiToken } from '#core/contracts/api-tokens.ts'
import type { InstallationAction } from '#core/kernel/installation-actions.ts'
import { logged } from '../installation-log.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const apiTokens: readonly Route[] = [
  route({
    method: 'get',
    path: '/auth/api-tokens',
    summary: 'The caller’s tokens for programs, newest first',
    access: 'session',
    answer: ApiTokens,
    async handle({ parts, userId }) {
      return { items: await apiTokensOf(parts.database, userId) }
    },
  }),
  route({
    method: 'post',
    path: '/auth/api-tokens',
    summary: 'Make a token for a program; it is shown this once',
    access: 'session',
    body: NewApiToken,
    status: 201,
    answer: MadeApiToken,
    refusals: ['token.too_many'],
    async handle({ ctx, parts, body, userId }) {
      return await logged(
        { ctx, parts },
        async (trx) => await makeApiToken(trx, userId, body),
        ({ item: { id, name, scope, expiresAt } }) => ({
          ...ofToken('token.make', userId, id),
          after: { name, scope, expiresAt },
        }),
      )
    },
  }),
  route({
    method: 'delete',
    path: '/auth/api-tokens/:tokenId',
    summary: 'End a token; whoever uses it is refused from then on',
    access: 'session',
    status: 204,
    answer: null,
    refusals: ['token.not_found'],
    async handle({ ctx, parts, params: { tokenId }, userId }) {
      const isEnded = await logged(
        { ctx, parts },
        async (trx) => await endApiToken(trx, userId, tokenId),
        (is) => (is ? ofToken('token.revoke', userId, tokenId) : null),
      )
      if (!isEnded) throw refuse('token.not_found')
    },
  }),
]

const ofToken = (action: InstallationAction, actorId: string, targetId: string) => ({
  action,
  actorId,
  targetKind: 'token',
  targetId,
})

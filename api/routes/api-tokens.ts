import { apiTokensOf, endApiToken, makeApiToken } from '#activities/auth/api-tokens.ts'
import { ApiTokens, MadeApiToken, NewApiToken } from '#core/contracts/api-tokens.ts'
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
    async handle({ parts, body, userId }) {
      return await makeApiToken(parts.database, userId, body)
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
    async handle({ parts, params, userId }) {
      const isEnded = await endApiToken(parts.database, userId, params.tokenId)
      if (!isEnded) throw refuse('token.not_found')
    },
  }),
]

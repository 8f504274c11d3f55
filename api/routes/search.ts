import type { Knex } from 'knex'
import { findCards } from '#activities/search/queries.ts'
import { SearchAsked } from '#core/contracts/lists.ts'
import { pageOf, SearchHit } from '#core/contracts/views.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

export const search: readonly Route[] = [
  route({
    method: 'get',
    path: '/search',
    summary: 'Cards with these words in their title, description or comments, best first',
    query: SearchAsked,
    answer: pageOf(SearchHit),
    refusals: ['workspace.not_found'],
    async handle(call) {
      const { parts, query, userId } = call
      const { workspaceId } = query
      const find = (db: Knex) => findCards(db, query)
      if (workspaceId) return await ofVisible(call, ['workspace', workspaceId], find)
      return await readAs(parts.database, { userId }, find)
    },
  }),
]

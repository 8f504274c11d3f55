import {
  archivedCards,
  cardDetails,
  cardHistory,
  commentsOf,
  deletedCards,
  ownCards,
} from '#activities/kanban/queries.ts'
import { versionOf, versionsOf } from '#activities/texts/queries.ts'
import { archivedColumns } from '#activities/projects/queries.ts'
import { ArchivedCard, ArchivedColumn, DeletedCard, OwnCards } from '#core/contracts/lists.ts'
import { TextVersion, TextVersionText } from '#core/contracts/texts.ts'
import { PageAsked } from '#core/contracts/page.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { BoardView, CardDetails, CommentView, HistoryEntry, pageOf } from '#core/contracts/views.ts'
import { answerBoard } from '../answer-board.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { workflowUrl } from '../workflow-url.ts'

const boards: readonly Route[] = [
  route({
    method: 'get',
    path: '/boards/:boardId',
    summary: 'A board with its live cards',
    answer: BoardView,
    hasEtag: true,
    refusals: ['board.not_found'],
    async handle({ ctx, parts, params, userId }) {
      return await answerBoard(ctx, parts, userId, params.boardId)
    },
  }),
  route({
    method: 'get',
    path: '/boards/:boardId/archived-cards',
    summary: 'The archived cards of a board, latest first',
    query: PageAsked,
    answer: pageOf(ArchivedCard),
    refusals: ['board.not_found'],
    async handle(call) {
      return await ofVisible(call, ['board', call.params.boardId], (db) =>
        archivedCards(db, call.params.boardId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/boards/:boardId/deleted-cards',
    summary: 'The deleted cards of a board that can still be brought back, latest first',
    query: PageAsked,
    answer: pageOf(DeletedCard),
    refusals: ['board.not_found'],
    async handle(call) {
      return await ofVisible(call, ['board', call.params.boardId], (db) =>
        deletedCards(db, call.params.boardId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/boards/:boardId/own-cards',
    summary: 'The live cards of a board that the caller made',
    answer: OwnCards,
    refusals: ['board.not_found'],
    async handle(call) {
      const { params, userId } = call
      return await ofVisible(call, ['board', params.boardId], async (db) => ({
        items: await ownCards(db, params.boardId, userId),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/boards/:boardId/archived-columns',
    summary: 'The archived columns of a board, latest first',
    query: PageAsked,
    answer: pageOf(ArchivedColumn),
    refusals: ['board.not_found'],
    async handle(call) {
      return await ofVisible(call, ['board', call.params.boardId], (db) =>
        archivedColumns(db, call.params.boardId, call.query),
      )
    },
  }),
]

const cards: readonly Route[] = [
  route({
    method: 'get',
    path: '/cards/:cardId',
    summary: 'All of one card',
    answer: CardDetails,
    refusals: ['card.not_found'],
    async handle({ parts, params, userId }) {
      const details = await readAs(parts.database, { userId }, (trx) =>
        cardDetails(trx, userId, params.cardId),
      )
      if (!details) throw refuse('card.not_found')
      return details
    },
  }),
  route({
    method: 'get',
    path: '/cards/:cardId/history',
    summary: 'What happened to a card, latest first, with the workflow of each action',
    query: PageAsked,
    answer: pageOf(HistoryEntry),
    refusals: ['card.not_found'],
    async handle(call) {
      const { parts, params, query } = call
      return await ofVisible(call, ['card', params.cardId], (db) =>
        cardHistory(db, params.cardId, query, workflowUrl(parts.config)),
      )
    },
  }),
  route({
    method: 'get',
    path: '/cards/:cardId/comments',
    summary: 'The comments on a card, latest first',
    query: PageAsked,
    answer: pageOf(CommentView),
    refusals: ['card.not_found'],
    async handle(call) {
      return await ofVisible(call, ['card', call.params.cardId], (db) =>
        commentsOf(db, call.params.cardId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/cards/:cardId/text-versions',
    summary: 'What the text of a card was like on other days, latest first',
    query: PageAsked,
    answer: pageOf(TextVersion),
    refusals: ['card.not_found'],
    async handle(call) {
      return await ofVisible(call, ['card', call.params.cardId], (db) =>
        versionsOf(db, call.params.cardId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/cards/:cardId/text-versions/:textVersionId',
    summary: 'The words of a text as they were then',
    answer: TextVersionText,
    refusals: ['card.not_found', 'text.version_not_found'],
    async handle(call) {
      const { cardId, textVersionId } = call.params
      const version = await ofVisible(call, ['card', cardId], (db) =>
        versionOf(db, cardId, textVersionId),
      )
      if (!version) throw refuse('text.version_not_found')
      return version
    },
  }),
]

export const kanban: readonly Route[] = [...boards, ...cards]

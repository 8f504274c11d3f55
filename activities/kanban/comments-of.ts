import type { Knex } from 'knex'
import type { CommentView } from '#core/contracts/views.ts'
import { PAGE_SIZE_MAX } from '#core/kernel/limits.ts'
import { readPage, type OrderedList, type Page, type PageAsked } from '#core/platform/page.ts'
import { Comment } from './comment.ts'

/** A card's comments, newest first: the order in which people ask for older ones. */
export async function commentsOf(
  database: Knex,
  cardId: string,
  asked: PageAsked,
): Promise<Page<CommentView>> {
  return await readPage(database, listOf(cardId), asked, (row: Comment) =>
    Object.assign(new Comment(), row).view(),
  )
}

/** The newest comments, oldest first: the order in which people read them. */
export async function newestComments(database: Knex, cardId: string): Promise<CommentView[]> {
  const { items } = await commentsOf(database, cardId, { limit: PAGE_SIZE_MAX })
  return items.toReversed()
}

const listOf = (cardId: string): OrderedList => ({
  sql: `select id, author_id as "authorId", body, created_at as "createdAt",
      edited_at as "editedAt", anchor, resolved_at as "resolvedAt"
    from comments where card_id = ? and deleted_at is null`,
  bindings: [cardId],
  key: [
    ['createdAt', 'timestamptz'],
    ['id', 'uuid'],
  ],
  direction: 'desc',
})

import type { Knex } from 'knex'

/** What people wrote on a card, as others look for it. */
export interface CardTexts {
  readonly workspaceId: string
  readonly title: string
  readonly description: string
}

export interface CommentText {
  readonly workspaceId: string
  readonly cardId: string
  readonly text: string
  readonly deletedAt: Date | null
}

/** Undefined once the card is gone for good. */
export async function cardTexts(db: Knex, cardId: string): Promise<CardTexts | undefined> {
  return await db('cards').where({ id: cardId }).first<CardTexts | undefined>({
    workspaceId: 'workspace_id',
    title: 'title',
    description: 'description',
  })
}

/** Undefined once the comment is gone for good. */
export async function commentText(db: Knex, commentId: string): Promise<CommentText | undefined> {
  return await db('comments').where({ id: commentId }).first<CommentText | undefined>({
    workspaceId: 'workspace_id',
    cardId: 'card_id',
    text: 'body',
    deletedAt: 'deleted_at',
  })
}

/**
 * The texts of cards, but for those gone for good. Until the transaction ends nobody changes them,
 * so that what is written from them is not behind.
 */
export async function textsOf(
  trx: Knex.Transaction,
  cardIds: readonly string[],
): Promise<(CardTexts & { cardId: string })[]> {
  return await trx('cards')
    .whereIn('id', [...cardIds])
    .orderBy('id')
    .forShare()
    .select({
      cardId: 'id',
      workspaceId: 'workspace_id',
      title: 'title',
      description: 'description',
    })
}

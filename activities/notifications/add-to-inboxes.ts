import type { Knex } from 'knex'
import type { NotificationView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'

export interface News {
  readonly workspaceId: string
  readonly userId: string
  readonly kind: NotificationView['kind']
  /** Absent when the calendar did it. */
  readonly actorId?: string
  readonly boardId: string
  readonly cardId: string
  readonly excerpt: string
  /** The same news is told once, whoever tells it. */
  readonly effectKey: string
}

/** Puts news into inboxes, leaving out what is there already. */
export async function addToInboxes(db: Knex, news: readonly News[]): Promise<void> {
  if (news.length === 0) return
  const rows = news.map((each) => ({
    id: newId(),
    workspace_id: each.workspaceId,
    user_id: each.userId,
    kind: each.kind,
    actor_id: each.actorId ?? null,
    board_id: each.boardId,
    card_id: each.cardId,
    excerpt: each.excerpt,
    effect_key: each.effectKey,
  }))
  await db('notifications').insert(rows).onConflict('effect_key').ignore()
}

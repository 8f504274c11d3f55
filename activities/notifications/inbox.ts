import type { Knex } from 'knex'
import type { NotificationView } from '#core/contracts/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

type NotificationRow = Omit<NotificationView, 'createdAt' | 'readAt'> & {
  createdAt: Date
  readAt: Date | null
}

/** What somebody was told, newest first; only what is unread when so asked. */
export async function inboxOf(
  database: Knex,
  userId: string,
  unreadOnly: boolean,
  asked: PageAsked,
): Promise<Page<NotificationView>> {
  const list = {
    sql: `select n.id, n.kind, n.actor_id as "actorId", n.board_id as "boardId",
        n.card_id as "cardId", c.title as "cardTitle", n.excerpt,
        n.created_at as "createdAt", n.read_at as "readAt"
      from notifications n join cards c on c.id = n.card_id
      where n.user_id = ? and n.in_inbox ${unreadOnly ? 'and n.read_at is null' : ''}`,
    bindings: [userId],
    key: [['id', 'uuid']],
    direction: 'desc',
  } as const
  return await readPage(database, list, asked, (row: NotificationRow) => ({
    id: row.id,
    kind: row.kind,
    actorId: row.actorId,
    boardId: row.boardId,
    cardId: row.cardId,
    cardTitle: row.cardTitle,
    excerpt: row.excerpt,
    createdAt: row.createdAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  }))
}

export async function unreadCount(database: Knex, userId: string): Promise<number> {
  const { rows } = await database.raw<{ rows: { count: number }[] }>(
    'select count(*)::int as count from notifications where user_id = ? and in_inbox and read_at is null',
    [userId],
  )
  return rows[0]!.count
}

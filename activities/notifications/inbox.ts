import type { Knex } from 'knex'
import type { News } from '#core/contracts/notifications.ts'
import type { NotificationView } from '#core/contracts/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

type Row = Pick<NotificationView, 'id' | 'actorId' | 'excerpt'> & {
  readonly kind: News['kind']
  readonly boardId: string | null
  readonly cardId: string | null
  readonly cardTitle: string
  readonly flow: { id: string; name: string; commentId: string } | null
  readonly createdAt: Date
  readonly readAt: Date | null
}

interface Wanted {
  readonly unreadOnly: boolean
  /** News of flows too, for whoever knows that there are some. */
  readonly withFlows: boolean
}

/** What somebody was told, newest first. */
export async function inboxOf(
  database: Knex,
  userId: string,
  { unreadOnly, withFlows }: Wanted,
  asked: PageAsked,
): Promise<Page<News>> {
  const list = {
    sql: `select n.id, n.kind, n.actor_id as "actorId", n.board_id as "boardId",
        n.card_id as "cardId", c.title as "cardTitle", n.excerpt,
        case when f.id is not null
          then json_build_object('id', f.id, 'name', f.name, 'commentId', fc.id) end as flow,
        n.created_at as "createdAt", n.read_at as "readAt"
      from notifications n
      left join cards c on c.id = n.card_id
      left join flow_comments fc on fc.id = n.flow_comment_id
      left join flows f on f.id = fc.flow_id
      where n.user_id = ? and n.in_inbox ${unreadOnly ? 'and n.read_at is null' : ''}
        and (c.id is not null ${withFlows ? 'or f.id is not null' : ''})`,
    bindings: [userId],
    key: [['id', 'uuid']],
    direction: 'desc',
  } as const
  return await readPage(database, list, asked, shown)
}

function shown({ id, kind, actorId, excerpt, flow, boardId, cardId, cardTitle, ...at }: Row): News {
  const times = { createdAt: at.createdAt.toISOString(), readAt: at.readAt?.toISOString() ?? null }
  const said = { id, actorId, excerpt, ...times }
  if (flow) return { ...said, kind: 'mentioned', flow }
  return { ...said, kind, boardId: boardId!, cardId: cardId!, cardTitle }
}

export async function unreadCount(database: Knex, userId: string): Promise<number> {
  const { rows } = await database.raw<{ rows: { count: number }[] }>(
    'select count(*)::int as count from notifications where user_id = ? and in_inbox and read_at is null',
    [userId],
  )
  return rows[0]!.count
}

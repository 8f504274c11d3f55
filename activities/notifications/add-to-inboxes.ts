import type { Knex } from 'knex'
import type { NotificationView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'
import { mailDue } from './mail-due.ts'
import { waysToTell } from './settings.ts'

/** What news are of: a card, or a comment on a flow. */
type About =
  | { readonly boardId: string; readonly cardId: string }
  | { readonly flowCommentId: string; readonly projectId: string }

export type News = About & {
  readonly workspaceId: string
  readonly userId: string
  readonly kind: NotificationView['kind']
  /** Absent when the calendar did it. */
  readonly actorId?: string
  readonly excerpt: string
  /** The same news is told once, whoever tells it. */
  readonly effectKey: string
}

/**
 * Puts news into inboxes and has it mailed, as each reader has chosen, leaving out what is there
 * already. Who wants to be told in neither way is not told.
 */
export async function addToInboxes(db: Knex, news: readonly News[]): Promise<void> {
  const rows = [...Map.groupBy(news, ({ kind }) => kind)].map(([kind, ofKind]) =>
    rowsOf(db, kind, ofKind),
  )
  const wanted = (await Promise.all(rows)).flat().filter((row) => row.in_inbox || row.mail_due)
  if (wanted.length === 0) return
  await db('notifications').insert(wanted).onConflict('effect_key').ignore()
}

async function rowsOf(db: Knex, kind: News['kind'], news: readonly News[]) {
  const now = new Date()
  const ways = await waysToTell(db, kind, [...new Set(news.map(({ userId }) => userId))])
  return news.flatMap((each) => {
    const way = ways.get(each.userId)
    if (!way) return []
    const due = mailDue(way.email, way.timeZone, now)
    return [{ ...rowOf(each), in_inbox: way.inInbox, mail_due: due }]
  })
}

function rowOf(each: News) {
  return {
    id: newId(),
    workspace_id: each.workspaceId,
    user_id: each.userId,
    kind: each.kind,
    actor_id: each.actorId ?? null,
    ...aboutOf(each),
    excerpt: each.excerpt,
    effect_key: each.effectKey,
  }
}

const aboutOf = (about: About) =>
  'cardId' in about
    ? { board_id: about.boardId, card_id: about.cardId }
    : { flow_comment_id: about.flowCommentId, project_id: about.projectId }

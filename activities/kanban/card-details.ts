import type { Knex } from 'knex'
import type { CardDetails, CardFace } from '#core/contracts/views.ts'
import type { Card } from './card.ts'
import { faceOf } from './face.ts'
import { ChecklistItem } from './checklist-item.ts'
import { attachmentsOf } from './attachments-of.ts'
import { newestComments } from './comments-of.ts'

type CardRow = Card & { projectKey: string }

/** The columns of `cards` behind a face, and the ids linked to it. */
export const FACE = `c.id, c.column_id as "columnId", c.rank, c.number, c.title, c.version,
  c.due_on as "dueOn", c.priority, c.points, c.colour, c.comment_count as "commentCount",
  c.checklist_done as "checklistDone", c.checklist_total as "checklistTotal",
  c.attachment_count as "attachmentCount",
  array(select l.id from card_labels x join labels l on l.id = x.label_id and l.deleted_at is null
    where x.card_id = c.id) as labels,
  array(select user_id from card_assignees x where x.card_id = c.id) as assignees`

/** All of one card, put away or not; null when the reader has no such card. */
export async function cardDetails(
  database: Knex,
  userId: string,
  cardId: string,
): Promise<CardDetails | null> {
  const { rows } = await database.raw<{ rows: CardRow[] }>(
    `select ${FACE}, c.board_id as "boardId", p.key as "projectKey", c.description,
       c.created_at as "createdAt", c.created_by as "createdBy",
       c.archived_at as "archivedAt", c.deleted_at as "deletedAt"
     from cards c
     join projects p on p.id = c.project_id
     join workspace_members m on m.workspace_id = c.workspace_id and m.user_id = ?
     where c.id = ?`,
    [userId, cardId],
  )
  const [row] = rows
  if (!row) return null
  const [checklist, comments, attachments] = await Promise.all([
    ChecklistItem.query(database)
      .where({ card_id: cardId })
      .whereNull('deleted_at')
      .orderBy('rank'),
    newestComments(database, cardId),
    attachmentsOf(database, cardId),
  ])
  return {
    card: faceOf(row) satisfies CardFace,
    boardId: row.boardId,
    projectKey: row.projectKey,
    description: row.description,
    checklist: checklist.map((item) => item.view()),
    comments,
    attachments,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    archivedAt: row.archivedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  }
}

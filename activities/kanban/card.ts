import type { CardFace } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `cards`, with the labels and assignees that belong to its face. */
export class Card extends VersionedRow {
  static override tableName = 'cards'

  declare projectId: string
  declare boardId: string
  declare columnId: string
  declare rank: string
  declare number: number
  declare title: string
  declare description: string
  declare dueOn: string | null
  declare priority: number | null
  declare points: number | null
  declare colour: CardFace['colour'] | null
  declare commentCount: number
  declare checklistDone: number
  declare checklistTotal: number
  declare attachmentCount: number
  declare archivedAt: Date | null
  declare deletedAt: Date | null
  declare createdBy: string
  declare createdAt: Date
  declare labels: readonly string[]
  declare assignees: readonly string[]
}

/** The columns of `cards` a face is made of; the description is not among them. */
export type FaceRow = Pick<
  Card,
  | 'id'
  | 'columnId'
  | 'rank'
  | 'number'
  | 'title'
  | 'version'
  | 'labels'
  | 'assignees'
  | 'dueOn'
  | 'priority'
  | 'points'
  | 'colour'
  | 'commentCount'
  | 'checklistDone'
  | 'checklistTotal'
  | 'attachmentCount'
>

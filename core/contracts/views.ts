import { z } from 'zod'
import { WIP_MODES } from '#core/kernel/choices.ts'
import { PAGE_SIZE_MAX } from '#core/kernel/limits.ts'
import { MEMBER_ROLES, PERMISSIONS } from '#core/kernel/permissions.ts'
import { CommentAnchor } from './comment-anchor.ts'
import { Colour, Day, Id, Points, Priority, ProjectKey } from './fields.ts'

/** Instants are ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime()

export const UserView = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string(),
})
export type UserView = z.infer<typeof UserView>

/** Somebody who can be assigned and mentioned. `hue` (0-359) colours the avatar. */
export const MemberView = z.strictObject({
  id: Id,
  name: z.string(),
  hue: z.int(),
  role: z.enum(MEMBER_ROLES),
})
export type MemberView = z.infer<typeof MemberView>

/** The bot of a flow, which acts on boards as people do; nobody can assign or mention it. */
export const BotView = MemberView.omit({ role: true })
export type BotView = z.infer<typeof BotView>

/** A workspace as one of its members has it, with what they may do there. */
export const WorkspaceView = z.strictObject({
  id: Id,
  name: z.string(),
  role: z.enum(MEMBER_ROLES),
  /** What the workspace calls the role, when it has made it. */
  roleName: z.string().nullable(),
  permissions: z.array(z.enum(PERMISSIONS)),
  /** The projects they see in which they may do something else. */
  projects: z.array(z.strictObject({ projectId: Id, permissions: z.array(z.enum(PERMISSIONS)) })),
})
export type WorkspaceView = z.infer<typeof WorkspaceView>

export const ProjectView = z.strictObject({
  id: Id,
  workspaceId: Id,
  name: z.string(),
  key: ProjectKey,
  archivedAt: Instant.nullable(),
})
export type ProjectView = z.infer<typeof ProjectView>

export const BoardInfo = z.strictObject({
  id: Id,
  workspaceId: Id,
  projectId: Id,
  name: z.string(),
  archivedAt: Instant.nullable(),
})
export type BoardInfo = z.infer<typeof BoardInfo>

/** A board in a list; the count follows the cards within moments. */
export const BoardSummary = BoardInfo.extend({ openCards: z.int() })
export type BoardSummary = z.infer<typeof BoardSummary>

export const ColumnView = z.strictObject({
  id: Id,
  name: z.string(),
  rank: z.string(),
  /** Most cards at a time, and whether one more is warned of or blocked. */
  wipLimit: z.int().nullable(),
  wipMode: z.enum(WIP_MODES),
})
export type ColumnView = z.infer<typeof ColumnView>

export const LabelView = z.strictObject({ id: Id, name: z.string(), colour: Colour })
export type LabelView = z.infer<typeof LabelView>

/** What a card shows on its board; empty fields are left out, so that 5,000 fit in 2 MB. */
export const CardFace = z.strictObject({
  id: Id,
  columnId: Id,
  rank: z.string(),
  number: z.int(),
  title: z.string(),
  version: z.int(),
  labels: z.array(Id).optional(),
  assignees: z.array(Id).optional(),
  dueOn: Day.optional(),
  priority: Priority.optional(),
  points: Points.optional(),
  colour: Colour.optional(),
  comments: z.int().optional(),
  attachments: z.int().optional(),
  /** Checklist items: [done, all]. */
  checklist: z.tuple([z.int(), z.int()]).optional(),
})
export type CardFace = z.infer<typeof CardFace>

/** A board as one answer; `offset` is the number of the last event it contains. */
export const BoardView = z.strictObject({
  board: BoardInfo.extend({ project: z.strictObject({ name: z.string(), key: ProjectKey }) }),
  columns: z.array(ColumnView),
  labels: z.array(LabelView),
  members: z.array(MemberView),
  /** Those of the project's flows, also of deleted ones: 500 at most, the newest. */
  bots: z.array(BotView),
  cards: z.array(CardFace),
  epoch: Id,
  offset: z.int(),
})
export type BoardView = z.infer<typeof BoardView>

export const CommentView = z.strictObject({
  id: Id,
  authorId: Id,
  text: z.string(),
  createdAt: Instant,
  editedAt: Instant.nullable(),
  /** What of the card's text it is about. */
  anchor: CommentAnchor.optional(),
  /** Since when that is settled. */
  resolvedAt: Instant.optional(),
})
export type CommentView = z.infer<typeof CommentView>

export const ChecklistItemView = z.strictObject({
  id: Id,
  text: z.string(),
  done: z.boolean(),
  rank: z.string(),
})
export type ChecklistItemView = z.infer<typeof ChecklistItemView>

export const AttachmentView = z.strictObject({
  id: Id,
  name: z.string(),
  /** As in `image/png`: what the content is, and not only what the name says. */
  mediaType: z.string(),
  bytes: z.int(),
  /** Whether a virus scanner has looked at it; where none is set up, no. */
  isScanned: z.boolean(),
  addedBy: Id,
  createdAt: Instant,
})
export type AttachmentView = z.infer<typeof AttachmentView>

export const CardDetails = z.strictObject({
  card: CardFace,
  boardId: Id,
  projectKey: ProjectKey,
  description: z.string(),
  checklist: z.array(ChecklistItemView),
  /** The newest 100, oldest first. */
  comments: z.array(CommentView),
  /** Oldest first. */
  attachments: z.array(AttachmentView),
  createdAt: Instant,
  createdBy: Id,
  archivedAt: Instant.nullable(),
  deletedAt: Instant.nullable(),
})
export type CardDetails = z.infer<typeof CardDetails>

/** [before, after] of each field an action changed. */
export const Changes = z.record(z.string(), z.tuple([z.unknown(), z.unknown()]))
export type Changes = z.infer<typeof Changes>

export const HistoryEntry = z.strictObject({
  id: z.string(),
  type: z.string(),
  actorId: Id,
  at: Instant,
  commandId: Id,
  changes: Changes,
  /** The workflow the action ran in; null once it is no longer kept. */
  workflow: z.strictObject({ id: z.string(), runId: z.string(), url: z.string() }).nullable(),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>

export const NOTIFICATION_KINDS = [
  'assigned',
  'mentioned',
  'commented',
  'due',
  'flow',
  'approval',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]
export const NotificationView = z.strictObject({
  id: Id,
  kind: z.enum(NOTIFICATION_KINDS),
  actorId: Id.nullable(),
  boardId: Id,
  cardId: Id,
  cardTitle: z.string(),
  /** The comment's first words, the day something is due, or what a flow says or asks. */
  excerpt: z.string(),
  createdAt: Instant,
  readAt: Instant.nullable(),
})
export type NotificationView = z.infer<typeof NotificationView>

/** A found card. `excerpt` marks the words that matched with U+0002 before and U+0003 after. */
export const SearchHit = z.strictObject({
  cardId: Id,
  boardId: Id,
  boardName: z.string(),
  projectKey: ProjectKey,
  number: z.int(),
  title: z.string(),
  foundIn: z.enum(['title', 'description', 'comment']),
  excerpt: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const JobView = z.strictObject({
  jobId: Id,
  type: z.string(),
  status: z.enum(['queued', 'done', 'refused', 'failed']),
  result: z.unknown().optional(),
  error: z
    .strictObject({
      code: z.string(),
      message: z.string(),
      /** As the action itself would have been refused with: say, the fields of a conflict. */
      details: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
})
export type JobView = z.infer<typeof JobView>

/** One page of a list; `nextCursor` is null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item).max(PAGE_SIZE_MAX), nextCursor: z.string().nullable() })
export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

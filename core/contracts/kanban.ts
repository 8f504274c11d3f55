import { z } from 'zod'
import {
  ASSIGNEES_PER_CARD_MAX,
  LABELS_PER_CARD_MAX,
  MENTIONS_PER_COMMENT_MAX,
} from '#core/kernel/limits.ts'
import { CARD_RULES } from '#core/kernel/permissions.ts'
import { defineAction } from './action.ts'
import { CommentAnchor } from './comment-anchor.ts'
import {
  ChecklistText,
  Colour,
  CommentText,
  Day,
  Description,
  Id,
  Name,
  NOT_ONE_PLACE,
  onePlace,
  Place,
  Points,
  Priority,
  Title,
} from './fields.ts'
import { AttachmentView, CardFace, ChecklistItemView, CommentView } from './views.ts'

const Nothing = z.strictObject({})
const Version = z.int().min(1)
const card = z.strictObject({ card: CardFace, boardId: Id })
const comment = z.strictObject({ comment: CommentView, card: CardFace, boardId: Id })
const item = z.strictObject({ item: ChecklistItemView, card: CardFace, boardId: Id })
const attachment = z.strictObject({ attachment: AttachmentView, card: CardFace, boardId: Id })
const mentions = z.array(Id).max(MENTIONS_PER_COMMENT_MAX).optional()

/** What stands in the way of working on a card. */
const WORKED_ON = ['card.archived', 'card.deleted', 'board.archived'] as const

const nullable = {
  dueOn: Day.nullable(),
  priority: Priority.nullable(),
  points: Points.nullable(),
  colour: Colour.nullable(),
}

/** The fields of a card that `card.edit` changes; each is a unit of conflict and of undo. */
export const CardChanges = z
  .strictObject({ title: Title, description: Description, ...nullable })
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, { error: 'must change something' })
export type CardChanges = z.infer<typeof CardChanges>

/** The actions on cards, their comments, checklists and attachments. */
export const kanbanActions = {
  'card.create': defineAction({
    target: 'board',
    ...CARD_RULES.make,
    summary: 'created {title} on {target}',
    body: z
      .strictObject({
        /** Made by the client, so that the card can be worked on before the answer. */
        cardId: Id.optional(),
        columnId: Id,
        title: Title,
        description: Description.optional(),
        dueOn: Day.optional(),
        priority: Priority.optional(),
        points: Points.optional(),
        colour: Colour.optional(),
        labels: z.array(Id).max(LABELS_PER_CARD_MAX).optional(),
        assignees: z.array(Id).max(ASSIGNEES_PER_CARD_MAX).optional(),
        ...Place,
      })
      .refine(onePlace, NOT_ONE_PLACE),
    result: card,
    status: 201,
    refusals: [
      'board.archived',
      'board.full',
      'column.not_found',
      'column.archived',
      'column.full',
      'label.not_found',
      'member.not_found',
    ],
  }),
  'card.edit': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'edited {target}',
    body: z.strictObject({ baseVersion: Version, changes: CardChanges }),
    result: card,
    refusals: [...WORKED_ON, 'card.conflict', 'card.text_too_long'],
  }),
  'card.move': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'moved {target} to {column}',
    body: z.strictObject({ columnId: Id, ...Place }).refine(onePlace, NOT_ONE_PLACE),
    result: card,
    refusals: [...WORKED_ON, 'board.full', 'column.not_found', 'column.archived', 'column.full'],
  }),
  'card.assign': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'assigned {target} to {user}',
    body: z.strictObject({ userId: Id }),
    result: card,
    refusals: [...WORKED_ON, 'member.not_found', 'card.assignee_limit'],
  }),
  'card.unassign': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'unassigned {target} from {user}',
    body: z.strictObject({ userId: Id }),
    result: card,
    refusals: WORKED_ON,
  }),
  'card.label': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'labelled {target}',
    body: z.strictObject({ labelId: Id }),
    result: card,
    refusals: [...WORKED_ON, 'label.not_found', 'card.label_limit'],
  }),
  'card.unlabel': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'took a label off {target}',
    body: z.strictObject({ labelId: Id }),
    result: card,
    refusals: WORKED_ON,
  }),
  'card.archive': defineAction({
    target: 'card',
    ...CARD_RULES.putAway,
    summary: 'archived {target}',
    body: Nothing,
    result: card,
    refusals: WORKED_ON,
  }),
  'card.restore': defineAction({
    target: 'card',
    ...CARD_RULES.putAway,
    summary: 'restored {target}',
    body: Nothing,
    result: card,
    refusals: ['card.deleted', 'board.archived', 'board.full', 'column.full'],
  }),
  'card.delete': defineAction({
    target: 'card',
    ...CARD_RULES.putAway,
    summary: 'deleted {target}',
    body: Nothing,
    result: card,
    refusals: ['card.deleted', 'board.archived'],
  }),
  'card.recover': defineAction({
    target: 'card',
    ...CARD_RULES.putAway,
    summary: 'brought back {target}',
    body: Nothing,
    result: card,
    refusals: ['card.kept_no_longer', 'board.archived', 'board.full', 'column.full'],
  }),
  'text.restore': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'brought back an earlier text of {target}',
    body: z.strictObject({
      versionId: Id,
      /** The last change of the text that whoever asks has seen; what came after would be lost. */
      baseSeq: z.int().min(1),
    }),
    result: card,
    refusals: [...WORKED_ON, 'text.version_not_found', 'text.changed'],
  }),
  'text.name': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'named an earlier text of {target}',
    /** A version that has a name is kept as long as its card; null takes the name away. */
    body: z.strictObject({ versionId: Id, name: Name.nullable() }),
    result: card,
    refusals: [...WORKED_ON, 'text.version_not_found'],
  }),
  'comment.add': defineAction({
    target: 'card',
    permission: 'comment.write',
    summary: 'commented on {target}',
    body: z.strictObject({
      commentId: Id.optional(),
      text: CommentText,
      mentions,
      anchor: CommentAnchor.optional(),
    }),
    result: comment,
    status: 201,
    refusals: [...WORKED_ON, 'member.not_found', 'card.comment_limit'],
  }),
  'comment.edit': defineAction({
    target: 'comment',
    permission: 'comment.write',
    summary: 'edited a comment on {target}',
    body: z.strictObject({ text: CommentText, mentions }),
    result: comment,
    refusals: [...WORKED_ON, 'member.not_found', 'comment.not_yours'],
  }),
  'comment.delete': defineAction({
    target: 'comment',
    permission: 'comment.write',
    summary: 'deleted a comment on {target}',
    body: Nothing,
    result: comment,
    refusals: [...WORKED_ON, 'comment.not_yours'],
  }),
  'comment.recover': defineAction({
    target: 'comment',
    permission: 'comment.write',
    summary: 'brought back a comment on {target}',
    body: Nothing,
    result: comment,
    refusals: [...WORKED_ON, 'comment.not_yours', 'card.comment_limit'],
  }),
  'comment.resolve': defineAction({
    target: 'comment',
    permission: 'comment.write',
    summary: 'settled a comment on {target}',
    body: Nothing,
    result: comment,
    refusals: WORKED_ON,
  }),
  'comment.reopen': defineAction({
    target: 'comment',
    permission: 'comment.write',
    summary: 'opened a comment on {target} again',
    body: Nothing,
    result: comment,
    refusals: WORKED_ON,
  }),
  'checklist.add': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'added a checklist item to {target}',
    body: z
      .strictObject({ itemId: Id.optional(), text: ChecklistText, ...Place })
      .refine(onePlace, NOT_ONE_PLACE),
    result: item,
    status: 201,
    refusals: [...WORKED_ON, 'card.checklist_limit'],
  }),
  'checklist.edit': defineAction({
    target: 'checklist-item',
    ...CARD_RULES.work,
    summary: 'edited a checklist item on {target}',
    body: z
      .strictObject({ text: ChecklistText.optional(), done: z.boolean().optional() })
      .refine((changes) => Object.keys(changes).length > 0, { error: 'must change something' }),
    result: item,
    refusals: WORKED_ON,
  }),
  'checklist.move': defineAction({
    target: 'checklist-item',
    ...CARD_RULES.work,
    summary: 'moved a checklist item on {target}',
    body: z.strictObject(Place).refine(onePlace, NOT_ONE_PLACE),
    result: item,
    refusals: WORKED_ON,
  }),
  'checklist.remove': defineAction({
    target: 'checklist-item',
    ...CARD_RULES.work,
    summary: 'removed a checklist item from {target}',
    body: Nothing,
    result: item,
    refusals: WORKED_ON,
  }),
  'checklist.recover': defineAction({
    target: 'checklist-item',
    ...CARD_RULES.work,
    summary: 'brought back a checklist item on {target}',
    body: Nothing,
    result: item,
    refusals: [...WORKED_ON, 'card.checklist_limit'],
  }),
  'attachment.add': defineAction({
    target: 'card',
    ...CARD_RULES.work,
    summary: 'attached a file to {target}',
    /** A file the same person has sent before, by `POST /cards/:cardId/files`. */
    body: z.strictObject({ fileId: Id }),
    result: attachment,
    status: 201,
    refusals: [...WORKED_ON, 'file.not_found', 'card.attachment_limit'],
  }),
  'attachment.remove': defineAction({
    target: 'attachment',
    ...CARD_RULES.removeFile,
    summary: 'removed a file from {target}',
    body: Nothing,
    result: attachment,
    refusals: WORKED_ON,
  }),
  'attachment.recover': defineAction({
    target: 'attachment',
    ...CARD_RULES.removeFile,
    summary: 'brought back a file of {target}',
    body: Nothing,
    result: attachment,
    refusals: [...WORKED_ON, 'card.attachment_limit'],
  }),
}

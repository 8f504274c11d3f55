import type { kanbanActions } from '#core/contracts/kanban.ts'
import type { Handlers } from '#core/platform/handler.ts'
import { addAttachment } from './add-attachment.ts'
import { addChecklistItem } from './add-checklist-item.ts'
import { addComment } from './add-comment.ts'
import { archiveCard } from './archive-card.ts'
import { assignCard } from './assign-card.ts'
import { createCard } from './create-card.ts'
import { deleteCard } from './delete-card.ts'
import { deleteComment } from './delete-comment.ts'
import { editCard } from './edit-card.ts'
import { editChecklistItem } from './edit-checklist-item.ts'
import { editComment } from './edit-comment.ts'
import { labelCard } from './label-card.ts'
import { moveCard } from './move-card.ts'
import { moveChecklistItem } from './move-checklist-item.ts'
import { recoverAttachment } from './recover-attachment.ts'
import { recoverCard } from './recover-card.ts'
import { recoverChecklistItem } from './recover-checklist-item.ts'
import { recoverComment } from './recover-comment.ts'
import { removeAttachment } from './remove-attachment.ts'
import { removeChecklistItem } from './remove-checklist-item.ts'
import { reopenComment } from './reopen-comment.ts'
import { resolveComment } from './resolve-comment.ts'
import { restoreCard } from './restore-card.ts'
import { nameText } from './name-text.ts'
import { restoreText } from './restore-text.ts'
import { unassignCard } from './unassign-card.ts'
import { unlabelCard } from './unlabel-card.ts'

/** The actions on cards, each with the file that does it. */
export const kanban: Handlers<keyof typeof kanbanActions> = {
  'card.create': createCard,
  'card.edit': editCard,
  'card.move': moveCard,
  'card.assign': assignCard,
  'card.unassign': unassignCard,
  'card.label': labelCard,
  'card.unlabel': unlabelCard,
  'card.archive': archiveCard,
  'card.restore': restoreCard,
  'card.delete': deleteCard,
  'card.recover': recoverCard,
  'text.restore': restoreText,
  'text.name': nameText,
  'comment.add': addComment,
  'comment.edit': editComment,
  'comment.delete': deleteComment,
  'comment.recover': recoverComment,
  'comment.resolve': resolveComment,
  'comment.reopen': reopenComment,
  'checklist.add': addChecklistItem,
  'checklist.edit': editChecklistItem,
  'checklist.move': moveChecklistItem,
  'checklist.remove': removeChecklistItem,
  'checklist.recover': recoverChecklistItem,
  'attachment.add': addAttachment,
  'attachment.remove': removeAttachment,
  'attachment.recover': recoverAttachment,
}

import type { projectActions } from '#core/contracts/projects.ts'
import type { Handlers } from '#core/platform/handler.ts'
import { archiveBoard } from './archive-board.ts'
import { archiveColumn } from './archive-column.ts'
import { archiveProject } from './archive-project.ts'
import { createBoard } from './create-board.ts'
import { createColumn } from './create-column.ts'
import { createLabel } from './create-label.ts'
import { createProject } from './create-project.ts'
import { deleteLabel } from './delete-label.ts'
import { duplicateBoard } from './duplicate-board.ts'
import { duplicateProject } from './duplicate-project.ts'
import { editLabel } from './edit-label.ts'
import { limitColumn } from './limit-column.ts'
import { moveColumn } from './move-column.ts'
import { recoverLabel } from './recover-label.ts'
import { renameBoard } from './rename-board.ts'
import { renameColumn } from './rename-column.ts'
import { renameProject } from './rename-project.ts'
import { restoreBoard } from './restore-board.ts'
import { restoreColumn } from './restore-column.ts'
import { restoreProject } from './restore-project.ts'

/** The actions on projects, boards, columns and labels, each with the file that does it. */
export const projects: Handlers<keyof typeof projectActions> = {
  'project.create': createProject,
  'project.rename': renameProject,
  'project.archive': archiveProject,
  'project.restore': restoreProject,
  'project.duplicate': duplicateProject,
  'board.create': createBoard,
  'board.rename': renameBoard,
  'board.archive': archiveBoard,
  'board.restore': restoreBoard,
  'board.duplicate': duplicateBoard,
  'column.create': createColumn,
  'column.rename': renameColumn,
  'column.move': moveColumn,
  'column.limit': limitColumn,
  'column.archive': archiveColumn,
  'column.restore': restoreColumn,
  'label.create': createLabel,
  'label.edit': editLabel,
  'label.delete': deleteLabel,
  'label.recover': recoverLabel,
}

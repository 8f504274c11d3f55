import { undoStep, type Handler } from '#core/platform/handler.ts'
import { changeLabel, labelResult, liveLabel } from './change-label.ts'
import { tellBoards } from './change-project.ts'

/** Takes a label away; the cards that had it get it back when it is brought back. */
export const deleteLabel: Handler<'label.delete'> = async (work) => {
  const label = await liveLabel(work)
  const deleted = await changeLabel(work, label, { deletedAt: work.now }, ['deleted'])
  // The cards at hand may still show it, so they are read anew.
  work.locks.rows.clear()
  const changes = { label: [label.name, null] as [string, null] }
  const told = { type: 'label.deleted', labelGone: label.id, changes }
  return {
    result: labelResult(deleted),
    events: await tellBoards(work, label.projectId, told),
    changes,
    inverse: [undoStep('label.recover', label.id, {}, ['deleted'], label, deleted)],
    follow: [],
  }
}

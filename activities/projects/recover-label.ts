import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { changeLabel, labelResult, targetLabel } from './change-label.ts'
import { tellBoards } from './change-project.ts'
import { roomForLabel } from './room.ts'

/** Brings a deleted label back, also onto the cards that had it. */
export const recoverLabel: Handler<'label.recover'> = async (work) => {
  const label = await targetLabel(work)
  if (!label.deletedAt) return unchanged(labelResult(label))
  await roomForLabel(work, label.projectId)
  const recovered = await changeLabel(work, label, { deletedAt: null }, ['deleted'])
  // The cards at hand do not show it yet, so they are read anew.
  work.locks.rows.clear()
  const changes = { label: [null, label.name] as [null, string] }
  const told = {
    type: 'label.recovered',
    label: recovered.view(),
    reload: true as const,
    changes,
  }
  return {
    result: labelResult(recovered),
    events: await tellBoards(work, label.projectId, told),
    changes,
    inverse: [undoStep('label.delete', label.id, {}, ['deleted'], label, recovered)],
    follow: [],
  }
}

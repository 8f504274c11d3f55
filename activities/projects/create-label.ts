import { newId } from '#core/kernel/ids.ts'
import { unmake, type Handler, type Work } from '#core/platform/handler.ts'
import { labelResult } from './change-label.ts'
import { liveProject, tellBoards } from './change-project.ts'
import { Label } from './label.ts'
import { roomForLabel } from './room.ts'

/** Creates a label for the cards of a project; the schema refuses a name that is taken. */
export const createLabel: Handler<'label.create'> = async (work) => {
  const project = await liveProject(work, work.targetId)
  await roomForLabel(work, project.id)
  const label = await insertLabel(work)
  const changes = { label: [null, label.name] as [null, string] }
  const told = { type: 'label.created', label: label.view(), changes }
  return {
    result: labelResult(label),
    events: await tellBoards(work, project.id, told),
    changes,
    inverse: [unmake('label.delete', label.id)],
    follow: [],
  }
}

async function insertLabel(work: Work<'label.create'>): Promise<Label> {
  const row = {
    id: newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    projectId: work.targetId,
    ...work.body,
    createdAt: work.now,
  }
  await Label.query(work.trx).insert(row)
  return Object.assign(new Label(), row, { version: 1, fieldVersions: {}, deletedAt: null })
}

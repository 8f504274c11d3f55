import { newId } from '#core/kernel/ids.ts'
import type { Work } from '#core/platform/handler.ts'
import { Project } from './project.ts'
import { roomForProject } from './room.ts'

/** Makes a project without boards; the schema refuses a key that is taken. */
export async function insertProject(
  work: Work,
  { name, key }: Pick<Project, 'name' | 'key'>,
): Promise<Project> {
  await roomForProject(work)
  const row = {
    id: newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    name,
    key,
    createdBy: work.actorId,
    createdAt: work.now,
  }
  await Project.query(work.trx).insert(row)
  const defaults = { lastCardNumber: 0, version: 1, fieldVersions: {}, archivedAt: null }
  return Object.assign(new Project(), row, defaults)
}

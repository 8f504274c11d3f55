import { Refusal } from '#core/kernel/refusal.ts'
import { versionAfter, type Work } from '#core/platform/handler.ts'
import { liveProject } from './change-project.ts'
import { Label } from './label.ts'

/** The label a command is about, deleted or not, with its project locked. */
export async function targetLabel(work: Work): Promise<Label> {
  const found = await readLabel(work)
  await liveProject(work, found.projectId)
  // Read again: only the lock makes it stand still.
  return await readLabel(work)
}

/** The same, for actions on labels that people see. */
export async function liveLabel(work: Work): Promise<Label> {
  const label = await targetLabel(work)
  if (label.deletedAt) throw noLabel()
  return label
}

/** Writes a change of `fields` to the label; answers it as it now is. */
export async function changeLabel(
  work: Work,
  label: Label,
  patch: Partial<Label>,
  fields: readonly string[],
): Promise<Label> {
  const written = { ...patch, ...versionAfter(work, label, fields) }
  await Label.query(work.trx).patch(written).where('id', label.id)
  return Object.assign(new Label(), label, written)
}

export const labelResult = (label: Label) => ({ label: label.view(), projectId: label.projectId })

async function readLabel({ trx, workspaceId, targetId }: Work): Promise<Label> {
  const label = await Label.query(trx).findById(targetId).where({ workspace_id: workspaceId })
  if (!label) throw noLabel()
  return label
}

const noLabel = () => new Refusal('label.not_found', 'There is no such label.')

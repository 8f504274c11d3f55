import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { changeLabel, labelResult, liveLabel } from './change-label.ts'
import { tellBoards } from './change-project.ts'

const FIELDS = ['name', 'colour'] as const

/** Changes a label's name or colour wherever it is shown. */
export const editLabel: Handler<'label.edit'> = async (work) => {
  const label = await liveLabel(work)
  const { name = label.name, colour = label.colour } = work.body
  const wanted = { name, colour }
  const fields = FIELDS.filter((field) => wanted[field] !== label[field])
  if (fields.length === 0) return unchanged(labelResult(label))
  const edited = await changeLabel(work, label, wanted, fields)
  const changes = Object.fromEntries(
    fields.map((field) => [field, [label[field], edited[field]] as [unknown, unknown]]),
  )
  const body = Object.fromEntries(fields.map((field) => [field, label[field]]))
  const told = { type: 'label.edited', label: edited.view(), changes }
  return {
    result: labelResult(edited),
    events: await tellBoards(work, label.projectId, told),
    changes,
    inverse: [undoStep('label.edit', label.id, body, fields, label, edited)],
    follow: [],
  }
}

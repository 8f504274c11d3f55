import { PROJECT_COPY_CARDS_MAX } from '#core/kernel/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { unmake, type Handler, type Work } from '#core/platform/handler.ts'
import { openCardsIn } from '#activities/kanban/queries.ts'
import { copyProjectRoles } from '#activities/rbac/queries.ts'
import { lockedProject, projectBoards, projectResult } from './change-project.ts'
import { copiedEvent, copyBoard, followCopy, type BoardCopy } from './copy-board.ts'
import { liveColumns } from './insert-board.ts'
import { insertProject } from './insert-project.ts'
import { Label } from './label.ts'
import type { BoardState } from './locked-boards.ts'

/** Makes a project like another: its labels, live boards and their open cards, and who sees it. */
export const duplicateProject: Handler<'project.duplicate'> = async (work) => {
  const source = await lockedProject(work, work.targetId)
  const boards = await projectBoards(work, source.id)
  const live = boards.filter(({ board }) => !board.archivedAt)
  await refuseTooLarge(work, live)

  const project = await insertProject(work, work.body)
  await copyProjectRoles(work.trx, source.id, project.id)
  const labels = await copyLabels(work, source.id, project.id)
  const copies: BoardCopy[] = []
  for (const board of live) {
    copies.push(await copyBoard(work, board, project, board.board.name, labels))
  }
  return {
    result: projectResult(project),
    events: copies.map(copiedEvent),
    changes: { name: [null, project.name], key: [null, project.key] },
    inverse: [unmake('project.archive', project.id, { name: 1, archived: 1 })],
    follow: copies.flatMap(followCopy),
  }
}

async function refuseTooLarge(work: Work, boards: readonly BoardState[]): Promise<void> {
  const columns = boards.flatMap(liveColumns)
  const cards = await openCardsIn(
    work.trx,
    columns.map(({ id }) => id),
  )
  if (cards <= PROJECT_COPY_CARDS_MAX) return
  throw new Refusal(
    'project.too_large',
    `A project with more than ${PROJECT_COPY_CARDS_MAX} open cards is not duplicated.`,
    { cards },
  )
}

/** Each live label of a project with its copy in another. */
async function copyLabels(work: Work, from: string, to: string): Promise<Map<string, string>> {
  const labels = await Label.query(work.trx).where('project_id', from).whereNull('deleted_at')
  const copies = labels.map(({ workspaceId, name, colour }) => ({
    id: newId(work.now.getTime()),
    workspaceId,
    projectId: to,
    name,
    colour,
    createdAt: work.now,
  }))
  if (copies.length > 0) await Label.query(work.trx).insert(copies)
  return new Map(labels.map(({ id }, index) => [id, copies[index]!.id]))
}

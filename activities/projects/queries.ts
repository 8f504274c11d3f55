import type { Knex } from 'knex'
import { Label } from './label.ts'

export { archivedColumns } from './archived-columns.ts'
export { boardOfColumn } from './board-of-column.ts'
export { boardHeads } from './board-heads.ts'
export { boardsOf, columnsOf, labelsOf, projectFor, projectsOf } from './lists.ts'
export { liveBoard, lockBoards, lockedBoard, type BoardState } from './locked-boards.ts'
export { leaveBoards } from './leave-boards.ts'
export { leaveShutProjects } from './leave-shut-projects.ts'
export { nextCardNumber } from './card-numbers.ts'
export { takeEventNumbers, type Numbering } from './event-numbers.ts'

/** Which of the labels are live in the project, by id, with their names. */
export async function liveLabels(
  db: Knex,
  projectId: string,
  labelIds: readonly string[],
): Promise<Map<string, string>> {
  const labels = await Label.query(db)
    .where({ project_id: projectId })
    .whereNull('deleted_at')
    .whereIn('id', [...labelIds])
  return new Map(labels.map((label) => [label.id, label.name]))
}

/** For each label the one of the same name in another project, where there is one. */
export async function sameLabelsIn(
  db: Knex,
  projectId: string,
  labelIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await db.raw<{ rows: { id: string; same: string }[] }>(
    `select own.id, other.id as same
     from labels own
     join labels other on lower(other.name) = lower(own.name)
     where own.id = any(?) and other.project_id = ? and other.deleted_at is null`,
    [[...labelIds], projectId],
  )
  return new Map(rows.map((row) => [row.id, row.same]))
}

import type { Knex } from 'knex'
import type { ProjectAsked } from '#activities/automation/project-line.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from './asking-of.ts'
import type { Asked } from './command.ts'
import { ofVisible } from './guards.ts'

/** Changes what flows of a project have in common, as whoever asks, when their role allows that. */
export async function changeProject<Result>(
  call: Asked,
  projectId: string,
  work: (trx: Knex.Transaction, asked: ProjectAsked) => Promise<Result>,
): Promise<Result> {
  const { parts, userId } = call
  const { workspaceId } = await ofVisible(call, ['project', projectId], async (_, found) => found)
  const asked = { workspaceId, projectId, ...askingOf(call) }
  return await writeAs(parts.database, { userId, workspaceId }, (trx) => work(trx, asked))
}

import type { Knex } from 'knex'
import { memberIds } from '#activities/rbac/queries.ts'
import { commandIdOf } from './command-id.ts'
import type { ActTools } from './tools.ts'

const WHY = {
  loop: 'it and other flows kept setting each other off',
  failures: 'it failed five times in a row',
} as const

interface Row {
  readonly name: string
  readonly projectId: string
  readonly publisherId: string
  readonly boardId: string | null
}

/**
 * Tells whoever published a flow that it was put out of action, by letter and by its last card; the
 * owners of the workspace, when that person sees its project no more.
 */
export async function tellOwner(
  trx: Knex.Transaction,
  { tell, write }: Pick<ActTools, 'tell' | 'write'>,
  run: { workspaceId: string; flowId: string; runId: string; cardId: string | null },
  because: keyof typeof WHY,
): Promise<void> {
  const { workspaceId, flowId, runId, cardId } = run
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select f.name, f.project_id as "projectId", v.published_by as "publisherId",
       (select board_id from cards where id = ?) as "boardId"
     from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
     where f.id = ?`,
    [cardId, flowId],
  )
  const [row] = rows
  if (!row) return
  const { name, boardId } = row
  const text = `The flow «${name}» was put out of action: ${WHY[because]}. Look at its runs, mend it and publish it again.`
  const people = await concerned(trx, workspaceId, row)
  for (const { id: userId, email } of people) {
    const id = commandIdOf(`paused/${runId}/${userId}`)
    // Where no letters leave, the inbox has to do.
    await write({ id, email, subject: `«${name}» was put out of action`, text }).catch(() => {})
  }
  if (cardId === null || boardId === null) return
  const news = { workspaceId, kind: 'flow' as const, boardId, cardId, excerpt: text }
  await tell(
    trx,
    people.map(({ id: userId }) => ({ ...news, userId, effectKey: `paused/${runId}/${userId}` })),
  )
}

async function concerned(
  trx: Knex.Transaction,
  workspaceId: string,
  { projectId, publisherId }: Row,
): Promise<{ id: string; email: string }[]> {
  const there = await memberIds(trx, { workspaceId, projectId }, [publisherId])
  const owners = trx('workspace_members').where({ workspace_id: workspaceId, role: 'owner' })
  return await trx('users')
    .whereIn('id', there.size > 0 ? [...there] : owners.select('user_id'))
    .select<{ id: string; email: string }[]>('id', 'email')
}

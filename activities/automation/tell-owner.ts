import type { Knex } from 'knex'
import { commandIdOf } from './command-id.ts'
import type { ActTools } from './tools.ts'

const WHY = {
  loop: 'it and other flows kept setting each other off',
  failures: 'it failed five times in a row',
} as const

interface Row {
  readonly name: string
  readonly userId: string
  readonly email: string
  readonly boardId: string | null
}

/** Tells whoever published a flow that it was put out of action, by letter and by its last card. */
export async function tellOwner(
  trx: Knex.Transaction,
  { tell, write }: Pick<ActTools, 'tell' | 'write'>,
  run: { workspaceId: string; flowId: string; runId: string; cardId: string | null },
  because: keyof typeof WHY,
): Promise<void> {
  const { workspaceId, flowId, runId, cardId } = run
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select f.name, u.id as "userId", u.email,
       (select board_id from cards where id = ?) as "boardId"
     from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
     join users u on u.id = v.published_by where f.id = ?`,
    [cardId, flowId],
  )
  const [row] = rows
  if (!row) return
  const { name, userId, email, boardId } = row
  const text = `The flow «${name}» was put out of action: ${WHY[because]}. Look at its runs, mend it and publish it again.`
  const id = commandIdOf(`paused/${runId}`)
  // Where no letters leave, the inbox has to do.
  await write({ id, email, subject: `«${name}» was put out of action`, text }).catch(() => {})
  if (cardId === null || boardId === null) return
  const news = { workspaceId, userId, kind: 'flow' as const, boardId, cardId, excerpt: text }
  await tell(trx, [{ ...news, effectKey: `paused/${runId}` }])
}

import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'

/** A row of `files` as it is once its bytes are kept. */
export async function aFile(
  database: Knex,
  { workspaceId, ownerId }: { workspaceId: string; ownerId: string },
  row: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const id = newId()
  await database('files').insert({
    id,
    workspace_id: workspaceId,
    uploader_id: ownerId,
    name: 'plan.pdf',
    media_type: 'application/pdf',
    bytes: 1_000,
    state: 'ready',
    ...row,
  })
  return id
}

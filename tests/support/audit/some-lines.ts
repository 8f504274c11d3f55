import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import type { SomeWorkspace } from '#tests/support/fixtures.ts'

/** Writes lines as actions do, in one transaction; answers their ids. */
export async function someLines(
  database: Knex,
  { workspaceId, ownerId }: SomeWorkspace,
  count: number,
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => ({
    id: newId(),
    workspace_id: workspaceId,
    actor_id: ownerId,
    action: 'card.edit',
    decision: 'allowed',
    target_kind: 'card',
    target_id: newId(),
    before: { title: `Before ${index}` },
    after: { title: `After ${index}` },
    request_id: `request-${index}`,
    ip: '127.0.0.1',
  }))
  await database('audit_log').insert(rows)
  return rows.map(({ id }) => id)
}

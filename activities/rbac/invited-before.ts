import type { Knex } from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'
import type { StoredRole } from './stored-role.ts'

interface Asked {
  readonly key: string
  readonly emails: readonly string[]
  readonly role: StoredRole
}

interface Row {
  readonly id: string
  readonly email: string
  readonly role: string
  readonly roleId: string | null
}

/**
 * The invitations that were made with this key, in the order of the addresses, whatever became of
 * them since; null when there are none. Refuses with command.key_reused when others were asked for.
 */
export async function invitedBefore(
  trx: Knex.Transaction,
  workspaceId: string,
  { key, emails, role: { role, roleId } }: Asked,
): Promise<string[] | null> {
  const rows = await trx('invitations')
    .where({ workspace_id: workspaceId, asked_with: key })
    .select<Row[]>('id', 'email', 'role', 'role_id as roleId')
  if (rows.length === 0) return null
  const same = rows.filter((row) => row.role === role && row.roleId === roleId)
  const byEmail = new Map(same.map(({ email, id }) => [email, id]))
  const ids = emails.flatMap((email) => byEmail.get(email) ?? [])
  if (ids.length === emails.length && ids.length === rows.length) return ids
  throw new Refusal('command.key_reused', 'This Idempotency-Key was used for other invitations.')
}

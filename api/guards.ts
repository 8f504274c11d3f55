import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import { resolveTarget } from '#activities/actions/queries.ts'
import { NOT_FOUND } from '#core/contracts/action.ts'
import { may } from '#core/kernel/permissions.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Asked } from './command.ts'
import { refuse } from './refuse.ts'

/**
 * Reads something of a thing for members of its workspace whose role the route allows: strangers
 * are told what they would be were it nowhere.
 */
export async function ofVisible<Result>(
  { parts, userId, permission }: Pick<Asked, 'parts' | 'userId' | 'permission'>,
  [kind, id]: readonly [kind: TargetKind, id: string],
  read: (db: Knex) => Promise<Result>,
): Promise<Result> {
  return await readAs(parts.database, { userId }, async (trx) => {
    const target = await resolveTarget(trx, kind, id, userId)
    if (!target) throw refuse(NOT_FOUND[kind])
    if (!may(target.role, permission)) throw refuse('permission.denied', { permission })
    return await read(trx)
  })
}

import type { Knex } from 'knex'
import type { TargetKind } from '#core/contracts/action.ts'
import { resolveTarget, type Target } from '#activities/actions/queries.ts'
import { recordDenial } from '#activities/audit/denials.ts'
import { NOT_FOUND } from '#core/contracts/action.ts'
import { allows } from '#core/kernel/permissions.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Asked } from './command.ts'
import { refuse } from './refuse.ts'

type Reading = Pick<Asked, 'ctx' | 'parts' | 'userId' | 'permission' | 'own'>

/**
 * Reads something of a thing for members of its workspace whose role the route allows: strangers
 * are told what they would be were it nowhere, and whom the role does not allow is written down.
 */
export async function ofVisible<Result>(
  call: Reading,
  [kind, id]: readonly [kind: TargetKind, id: string],
  read: (db: Knex.Transaction, target: Target) => Promise<Result>,
): Promise<Result> {
  const { parts, userId, permission, own } = call
  const rule = { permission, ...(own && { own }) }
  const found = await readAs(parts.database, { userId }, async (trx) => {
    const target = await resolveTarget(trx, kind, id, userId)
    if (!target) throw refuse(NOT_FOUND[kind])
    if (!allows(target.rights, rule, target.ties)) return { workspaceId: target.workspaceId }
    return { result: await read(trx, target) }
  })
  if ('result' in found) return found.result
  const { requestId, ip } = call.ctx.state
  const what = { action: permission, targetKind: kind, targetId: id, commandId: null }
  await recordDenial(parts.database, { ...what, ...found, actorId: userId, requestId, ip })
  throw refuse('permission.denied', { permission })
}

import { contractOf, type ActionType } from '#core/contracts/actions.ts'
import { allows, needsTies } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import { tiesTo } from '#activities/kanban/queries.ts'

/** Refuses what the actor's rights do not allow; whose a card is is read only where that decides. */
export async function refuseBeyondRights(
  { trx, actorId, rights }: Pick<Work, 'trx' | 'actorId' | 'rights'>,
  type: ActionType,
  targetId: string,
): Promise<void> {
  const contract = contractOf(type)
  const ties = needsTies(rights, contract)
    ? await tiesTo(trx, contract.target, targetId, actorId)
    : []
  if (allows(rights, contract, ties)) return
  throw new Refusal('permission.denied', 'Your role does not allow it.')
}

import { NOT_FOUND } from '#core/contracts/action.ts'
import { contractOf, type ActionType } from '#core/contracts/actions.ts'
import { keepsRights, standingIn } from '#core/kernel/member-rights.ts'
import { allows, may, needsTies, type Rights } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import { tiesTo } from '#activities/kanban/queries.ts'
import { projectsOf } from './projects-of.ts'

type Actor = Pick<Work, 'trx' | 'actorId' | 'member'>

/** What somebody wants to do: a command, or a step that takes one back. */
interface Wanted {
  readonly type: ActionType
  readonly targetId: string
  readonly body: unknown
}

/**
 * Refuses what the actor's rights do not allow in each project it touches. Which those are, and whose
 * a card is, is read only where that decides.
 */
export async function refuseBeyondRights(actor: Actor, wanted: Wanted): Promise<void> {
  const contract = contractOf(wanted.type)
  const held = await rightsWhere(actor, wanted)
  const ties = held.some((rights) => needsTies(rights, contract))
    ? await tiesTo(actor.trx, contract.target, wanted.targetId, actor.actorId)
    : []
  if (held.every((rights) => allows(rights, contract, ties))) return
  throw new Refusal('permission.denied', 'Your role does not allow it.')
}

/** What the actor holds in each of the projects; those they do not see are nowhere. */
async function rightsWhere({ trx, member }: Actor, wanted: Wanted): Promise<Rights[]> {
  if (member.projects.size === 0 || keepsRights(member)) return [member.rights]
  const kind = contractOf(wanted.type).target
  const { columnId = null } = wanted.body as { columnId?: string }
  const { target, column } = await projectsOf(trx, kind, wanted.targetId, columnId)
  const here = standingIn(member, target).rights
  // A column that is only to be made is where its board is.
  const there = column === null ? here : standingIn(member, column).rights
  if (!may(here, 'board.read')) throw new Refusal(NOT_FOUND[kind], 'There is no such thing.')
  if (!may(there, 'board.read')) throw new Refusal('column.not_found', 'There is no such column.')
  const isMakingProject = wanted.type === 'project.duplicate'
  return [here, ...(columnId === null ? [] : [there]), ...(isMakingProject ? [member.rights] : [])]
}

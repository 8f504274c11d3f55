import type { Knex } from 'knex'
import type { Flow } from '#core/contracts/flows/flow.ts'
import { standingIn } from '#core/kernel/member-rights.ts'
import { may, rightsOf } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { standings } from '#activities/rbac/queries.ts'

interface Giving {
  readonly flowId: string
  readonly workspaceId: string
  readonly projectId: string
  /** Who publishes the flow. */
  readonly userId: string
  readonly flow: Flow
}

/** What a bot is in its flow's project; elsewhere it is nothing. */
const BOT_RIGHTS = rightsOf('member', null)

/**
 * Gives a flow its bot, or calls the one it has by the flow's name of today; answers the bot's id.
 * Nobody makes one that may do more than they may there, or that hears of what they may not read:
 * refuses with `flow.bot_beyond_rights` and `flow.audit_not_readable`.
 */
export async function giveBot(trx: Knex.Transaction, giving: Giving): Promise<string> {
  const { flowId, workspaceId, projectId, userId, flow } = giving
  const publisher = (await standings(trx, workspaceId, [userId])).get(userId)
  if (!publisher || !BOT_RIGHTS.isSubsetOf(standingIn(publisher, projectId).rights)) {
    throw new Refusal(
      'flow.bot_beyond_rights',
      'The bot of a flow may do what members of its project may: let somebody publish it who may too.',
    )
  }
  if (flow.trigger.type === 'audit.event' && !may(publisher.rights, 'audit.read')) {
    throw new Refusal(
      'flow.audit_not_readable',
      'Only somebody who may read the audit of the workspace publishes a flow that starts on it.',
    )
  }
  const { rows } = await trx.raw<{ rows: { id: string | null }[] }>(
    'select app.bot_of(?, ?) as id',
    [flowId, flow.name],
  )
  const id = rows[0]?.id
  if (!id) throw new Refusal('flow.not_found', 'There is no such flow.')
  return id
}

import type { Knex } from 'knex'
import { hookSecret } from './webhook-signature.ts'

// One of the doors that write without a workflow: none of it touches a board.

interface Asked {
  readonly flowId: string
  /** Whether another secret takes the place of the one there was. */
  readonly isRenewed: boolean
}

/** What messages to a flow are signed with, by which it is published; null when none start it. */
export async function tellHookSecret(
  trx: Knex.Transaction,
  commandKey: string,
  { flowId, isRenewed }: Asked,
): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { number: number }[] }>(
    `update flows f set hook_number = f.hook_number + ?
     from flow_versions v
     where f.id = ? and v.flow_id = f.id and v.version = f.published
       and v.definition -> 'trigger' ->> 'type' = 'webhook'
     returning f.hook_number as number`,
    [isRenewed ? 1 : 0, flowId],
  )
  return rows[0] ? hookSecret(commandKey, flowId, rows[0].number) : null
}

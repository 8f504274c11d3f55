import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { asJsonb } from '../as-jsonb.ts'
import { bodyOf } from '../body-of.ts'
import { commandIdOf } from '../command-id.ts'
import { homeOf } from '../home-of.ts'
import type { DoAct } from '../tools.ts'

/** Keeps a message that is sent from then on until it is taken; see deliver-webhooks.ts. */
export const sendWebhook: DoAct = async ({ database }, order) => {
  const { url, body } = bodyOf(nodes['webhook.send']!.params, order.with) as {
    url: string
    body: unknown
  }
  const { workspaceId: workspace_id, flowId: flow_id, runId: run_id } = order
  const { projectId: project_id } = await homeOf(database, order)
  const id = commandIdOf(order.key)
  await writeAs(database, { workspaceId: workspace_id }, async (trx) => {
    const sent = { id, workspace_id, project_id, flow_id, run_id, url, body: asJsonb(body) }
    await trx('webhook_deliveries')
      .insert({ ...sent, try_at: trx.fn.now() })
      .onConflict('id')
      .ignore()
  })
  return { output: { deliveryId: id }, cards: 0 }
}

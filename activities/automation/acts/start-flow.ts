import type { Knex } from 'knex'
import { readAs, writeAs } from '#core/platform/acting-as.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import { beginRun } from '../begin-run.ts'
import { homeOf } from '../home-of.ts'
import { personOf } from '../person-of.ts'
import { refuseStep } from '../refuse-step.ts'
import type { DoAct } from '../tools.ts'

interface Called {
  readonly project_id: string
  readonly version: number
  readonly hash: Buffer
  readonly definition: Flow
  readonly actor_id: string
  readonly active: boolean
}

/** Begins a run of another flow of the project, about the same card; what is called runs as itself. */
export const startFlow: DoAct = async (tools, order) => {
  const { database, startRun } = tools
  const { flowId, input, callerId } = order.with as {
    flowId: string
    input: object
    callerId: string | null
  }
  const { workspaceId } = order
  const { projectId } = await homeOf(database, order)
  const called = await inAction(database, { workspaceId, projectId, flowId })
  const trigger = { type: 'called', at: new Date().toISOString(), actorId: null, input }
  const runId = await writeAs(database, { workspaceId }, async (trx) => {
    if (callerId !== null) await refuseWhenOver(trx, order.runId)
    return await beginRun(trx, startRun, {
      workspaceId,
      listener: { ...called, flow_id: flowId },
      cause: `call/${order.key}`,
      trigger,
      card: order.card ?? null,
      by: {
        id: order.runId,
        flowId: order.flowId,
        chain: order.chain ?? [],
        personId: await personOf(trx, order.runId),
      },
      calledBy: callerId,
    })
  })
  return { output: { runId }, cards: 0 }
}

/** The flow that is called, as it is published in the same project. */
async function inAction(
  database: Knex,
  { workspaceId, projectId, flowId }: { workspaceId: string; projectId: string; flowId: string },
): Promise<Called> {
  const { rows } = await readAs(database, { workspaceId }, (trx) =>
    trx.raw<{ rows: Called[] }>(
      `select f.project_id, v.version, v.hash, v.definition, f.actor_id, f.active
       from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
       where f.id::text = ? and f.workspace_id = ? and f.project_id = ?`,
      [flowId, workspaceId, projectId],
    ),
  )
  const [called] = rows
  if (!called)
    throw refuseStep(
      'flow.not_found',
      'The flow that is called is not published here: publish it, or call another.',
    )
  if (!called.active)
    throw refuseStep('flow.inactive', 'The flow that is called is out of action: switch it on.')
  return called
}

/** A run that was cancelled meanwhile cancels what it has called; after that it calls nothing. */
async function refuseWhenOver(trx: Knex.Transaction, id: string): Promise<void> {
  const run = await trx('flow_runs').where({ id }).forShare().first('status')
  if (run && run.status !== 'running') throw refuseStep('flow.over', 'The run that calls is over.')
}

import type { Knex } from 'knex'
import type { RunEnd } from '#core/contracts/flows/run.ts'
import type { Tried, TriedStep, TryStart } from '#core/contracts/flows/trying.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { asJsonb } from './as-jsonb.ts'
import { putSteps } from './record-steps.ts'
import { shown } from './shown.ts'

/** Writes down what trying a flow came to, apart from its runs: as one of kind `test`. */
export async function keepTry(database: Knex, start: TryStart, tried: Tried): Promise<void> {
  const { workspaceId, runId, flowId, trigger, card, chain } = start
  const { end } = tried
  const row = {
    id: runId,
    cause: `try/${runId}`,
    card_id: card?.['id'] ?? null,
    kind: 'test',
    status: end.status,
    error: errorOf(end),
    input: asJsonb({ trigger, card, chain }),
    version: 0,
  }
  await writeAs(database, { workspaceId }, async (trx) => {
    const flow = await trx('flows').where({ id: flowId }).first('workspace_id', 'project_id')
    if (!flow) return
    await trx('flow_runs')
      .insert({ ...flow, ...row, flow_id: flowId, ended_at: trx.fn.now() })
      .onConflict()
      .ignore()
    await putSteps(trx, start, tried.steps.map(lineOf))
  })
}

const lineOf = ({ atMs, input, ...step }: TriedStep) => ({
  ...step,
  input: shown(input),
  startedMs: atMs,
  endedMs: atMs,
})

function errorOf(end: RunEnd): string | null {
  return end.status === 'failed' ? asJsonb(end.error) : null
}

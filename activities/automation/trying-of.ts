import type { Knex } from 'knex'
import { nodeOf } from '#core/contracts/flows/check-step.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Output } from '#core/contracts/flows/run.ts'
import type { NewTry, TriedView } from '#core/contracts/flows/samples.ts'
import type { Tried, Trying } from '#core/contracts/flows/trying.ts'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import { newId } from '#core/kernel/ids.ts'
import { draftTrigger } from './draft-trigger.ts'
import { flowOf } from './flow-list.ts'
import { flowToTry } from './flow-to-try.ts'
import { sampleOf } from './sample-of.ts'
import { shown } from './shown.ts'

/**
 * A try of the draft of a flow, as somebody asks for it. Refuses with `flow.invalid`,
 * `flow.step_not_found` and `sample.not_found`.
 */
export async function tryingOf(
  database: Knex,
  { flowId, workspaceId, userId }: { flowId: string; workspaceId: string; userId: string },
  asked: NewTry,
): Promise<Trying> {
  const { draft, ...place } = await flowOf(database, flowId)
  const { sample, answers = {}, only } = asked
  const flow = flowToTry(draft, only)
  const of = { flowId, place, trigger: draftTrigger(draft), userId }
  const { trigger, card } = await sampleOf(database, sample, of)
  const about = { trigger, ...(card && { card }), chain: [] }
  const run = { runId: newId(), flowId, workspaceId, actorId: userId, nowMs: Date.now() }
  const pins = pinsFor(flow, asked)
  return { ...run, ...about, flow, pins, answers, ...(only !== undefined && { only }) }
}

/** What is pinned of steps that do something; of one that is tried alone, of all before it. */
function pinsFor(flow: Flow, { pins = {}, only }: NewTry): Trying['pins'] {
  if (only !== undefined) return pins
  const acts = placedSteps(flow).filter(({ step }) => nodeOf(step.type)?.kind === 'act')
  const ids = new Set(acts.map(({ step }) => step.id))
  return Object.fromEntries(Object.entries(pins).filter(([id]) => ids.has(id)))
}

/** What trying came to, as people may see it. */
export const shownTry = (
  { trigger, card }: Pick<Trying, 'trigger' | 'card'>,
  { runId, end, steps }: Tried,
): TriedView => ({
  runId,
  status: end.status,
  error: end.status === 'failed' ? end.error : null,
  trigger: shown(trigger) as Output,
  card: card ? (shown(card) as Output) : null,
  steps: steps.map(({ atMs, input, output, error, ...step }) => ({
    ...step,
    input: shown(input),
    output: output ? (shown(output) as Output) : null,
    error: error ?? null,
    at: new Date(atMs).toISOString(),
  })),
})

import type { Knex } from 'knex'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import type { Sample } from '#core/contracts/flows/samples.ts'
import { triggers } from '#core/contracts/flows/triggers.ts'
import { asIf } from './as-if.ts'
import { draftTrigger } from './draft-trigger.ts'
import { flowOf } from './flow-list.ts'
import { matches } from './matches.ts'
import { cardsToTry, eventsToTry, runsToTry, type PastEvent } from './sample-rows.ts'
import { shown } from './shown.ts'

/** The most of each kind that is offered; what is older is found by its card. */
const OFFERED_MAX = 20

/**
 * What a flow can be tried on: what has happened that would have started it as it is drawn now,
 * what set off its earlier runs, and cards. The newest first, of each kind.
 */
export async function samplesOf(database: Knex, flowId: string, userId: string): Promise<Sample[]> {
  const { draft, projectId, boardId } = await flowOf(database, flowId)
  const trigger = draftTrigger(draft)
  const place = { projectId, boardId }
  const events = (await eventsToTry(database, place, trigger.type))
    .filter(({ cause, card, byFlow }) => matches({ trigger }, cause, card ?? {}, byFlow))
    .slice(0, OFFERED_MAX)
  const runs = await runsToTry(database, flowId, trigger.type, OFFERED_MAX)
  const isOfCard = Object.hasOwn(triggers, trigger.type) && triggers[trigger.type]!.about === 'card'
  const cards = isOfCard ? await cardsToTry(database, place, OFFERED_MAX) : []
  return [
    ...events.map(eventSample),
    ...runs.map(({ runId, at, trigger: cause, card, actor }) =>
      sample({ kind: 'run', runId }, at, actor, cause, card),
    ),
    ...cards.map(({ at, card }) => {
      const made = asIf(trigger, { card, actorId: userId, given: {} })
      return sample({ kind: 'card', cardId: String(card['id']) }, at, null, made.trigger, made.card)
    }),
  ]
}

const eventSample = ({ boardId, number, at, actor, cause, card }: PastEvent): Sample =>
  sample({ kind: 'event', boardId, number }, at, actor, cause, card)

const sample = (
  ref: Sample['ref'],
  at: Date,
  actor: string | null,
  trigger: RunCause,
  card: Output | null,
): Sample => ({
  ref,
  at: at.toISOString(),
  actor,
  trigger: shown(trigger) as Output,
  card: card && (shown(card) as Output),
})

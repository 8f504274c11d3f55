import type { Knex } from 'knex'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import type { SampleRef } from '#core/contracts/flows/samples.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { asIf, type DraftTrigger } from './as-if.ts'
import { cardFacesOf } from './card-face-of.ts'
import { eventToTry, runToTry, type Place } from './sample-rows.ts'

interface Asked {
  readonly flowId: string
  readonly place: Place
  readonly trigger: DraftTrigger
  /** Whoever tries it. */
  readonly userId: string
}

/** What a run of a flow would be given of a sample. Refuses with `sample.not_found`. */
export async function sampleOf(
  database: Knex,
  ref: SampleRef,
  asked: Asked,
): Promise<{ trigger: RunCause; card: Output | null }> {
  const found = await find(database, ref, asked)
  if (found) return found
  throw new Refusal('sample.not_found', 'What it was to be tried on is not there any more.')
}

async function find(
  database: Knex,
  ref: SampleRef,
  { flowId, place, trigger, userId }: Asked,
): Promise<{ trigger: RunCause; card: Output | null } | null> {
  switch (ref.kind) {
    case 'event': {
      const event = await eventToTry(database, place, ref)
      return event && { trigger: event.cause, card: event.card }
    }
    case 'run': {
      const run = await runToTry(database, flowId, ref.runId)
      return run && { trigger: run.trigger, card: run.card }
    }
    case 'card': {
      const card = await cardOf(database, place.projectId, ref.cardId)
      return card && asIf(trigger, { card, actorId: userId, given: {} })
    }
    case 'given':
      return asIf(trigger, { card: null, actorId: userId, given: ref.given })
  }
}

async function cardOf(database: Knex, projectId: string, id: string): Promise<Output | null> {
  const there = await database('cards').where({ id, project_id: projectId }).first('id')
  if (!there) return null
  return (await cardFacesOf(database, [id])).get(id) ?? null
}

import { z } from 'zod'
import { Condition } from '../condition.ts'
import { Duration } from '../duration.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'
import { triggers } from '../triggers.ts'

/** Days that come and buttons that are pressed start runs, and are told to none. */
const UNHEARD = ['card.due_soon', 'card.overdue']

const isHeard = (type: string): boolean =>
  type.startsWith('card.') && Object.hasOwn(triggers, type) && !UNHEARD.includes(type)

/** Waits for something to happen to the run's card, known to the condition as `event`. */
export const waitForEvent = defineNode({
  title: 'Wait for an event',
  group: 'time',
  kind: 'control',
  params: z.strictObject({
    event: z.string().max(60).refine(isHeard, {
      error: 'is nothing a run hears of: choose what people do to a card',
    }),
    when: Condition.optional(),
    timeout: Duration,
  }),
  blocks: NO_BLOCKS,
  outputs: ['happened', 'event'],
})

import { z } from 'zod'
import { Condition } from '../condition.ts'
import { Duration } from '../duration.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Waits for something to happen to the run's card, known to the condition as `event`. */
export const waitForEvent = defineNode({
  title: 'Wait for an event',
  group: 'time',
  kind: 'control',
  params: z.strictObject({
    event: z.string().max(60),
    when: Condition.optional(),
    timeout: Duration,
  }),
  blocks: NO_BLOCKS,
  outputs: ['happened', 'event'],
})

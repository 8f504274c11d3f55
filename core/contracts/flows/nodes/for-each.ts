import { z } from 'zod'
import { FOR_EACH_AT_ONCE_MAX, FOR_EACH_ITEMS_MAX, TEMPLATE_CHARS_MAX } from '#core/flows/limits.ts'
import { defineNode } from '../node.ts'

/** Does its block once for each element of a list, as `loop.item`. */
export const forEach = defineNode({
  title: 'For each',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({
    /** A list, or a template that gives one. */
    items: z.union([z.array(z.json()).max(FOR_EACH_ITEMS_MAX), z.string().max(TEMPLATE_CHARS_MAX)]),
    atOnce: z.int().min(1).max(FOR_EACH_AT_ONCE_MAX).default(1),
    /** Goes on with the next one when one fails. */
    skipFailures: z.boolean().default(false),
  }),
  blocks: { kind: 'fixed', must: ['do'], may: [] },
  outputs: ['count', 'failed'],
})

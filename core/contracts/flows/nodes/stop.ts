import { z } from 'zod'
import { TEMPLATE_CHARS_MAX } from '#core/flows/limits.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Ends the run, as done or as failed. */
export const stop = defineNode({
  title: 'Stop',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({
    as: z.enum(['done', 'failed']).default('done'),
    message: z.string().max(TEMPLATE_CHARS_MAX).default(''),
  }),
  blocks: NO_BLOCKS,
  outputs: [],
})

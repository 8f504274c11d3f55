import { z } from 'zod'
import { Id } from '../../fields.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Starts another flow, and waits for its end or does not. */
export const callFlow = defineNode({
  title: 'Call a flow',
  group: 'flow',
  kind: 'act',
  params: z.strictObject({
    flowId: Id,
    input: z.record(z.string().max(60), z.json()).default({}),
    wait: z.boolean().default(true),
  }),
  blocks: NO_BLOCKS,
  outputs: ['runId', 'status', 'output'],
})

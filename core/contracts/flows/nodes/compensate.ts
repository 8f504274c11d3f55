import { z } from 'zod'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Takes back what the run has done so far: the `undo` blocks of its steps, last one first. */
export const compensate = defineNode({
  title: 'Take back',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({}),
  blocks: NO_BLOCKS,
  outputs: ['count'],
})

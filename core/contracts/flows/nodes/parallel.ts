import { z } from 'zod'
import { defineNode } from '../node.ts'

/** Does its blocks side by side, and goes on when all are done. */
export const parallel = defineNode({
  title: 'Side by side',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({}),
  blocks: { kind: 'any' },
  outputs: [],
})

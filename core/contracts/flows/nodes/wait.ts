import { z } from 'zod'
import { defineNode, NO_BLOCKS } from '../node.ts'
import { Duration } from '../duration.ts'

/** Waits so long. */
export const wait = defineNode({
  title: 'Wait',
  group: 'time',
  kind: 'control',
  params: z.strictObject({ for: Duration }),
  blocks: NO_BLOCKS,
  outputs: [],
})

import { z } from 'zod'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Waits until an instant, or the beginning of a day in UTC; not at all when it is past. */
export const waitUntil = defineNode({
  title: 'Wait until',
  group: 'time',
  kind: 'control',
  params: z.strictObject({ at: z.union([z.iso.datetime(), z.iso.date()]) }),
  blocks: NO_BLOCKS,
  outputs: [],
})

import { z } from 'zod'
import { RETRIES_MAX } from '#core/flows/limits.ts'
import { Duration } from '../duration.ts'
import { defineNode } from '../node.ts'

/** Does its block; when a step fails, goes on from that step after a wait that doubles each time. */
export const retry = defineNode({
  title: 'Retry',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({
    times: z.int().min(1).max(RETRIES_MAX),
    wait: Duration.default('PT10S'),
  }),
  blocks: { kind: 'fixed', must: ['do'], may: [] },
  outputs: ['tries'],
})

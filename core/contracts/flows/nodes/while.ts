import { z } from 'zod'
import { WHILE_ROUNDS_MAX } from '#core/flows/limits.ts'
import { Condition } from '../condition.ts'
import { defineNode } from '../node.ts'

/** Does its block again as long as the condition holds; fails when it still does after `max` times. */
export const whileLoop = defineNode({
  title: 'While',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({ when: Condition, max: z.int().min(1).max(WHILE_ROUNDS_MAX) }),
  blocks: { kind: 'fixed', must: ['do'], may: [] },
  outputs: ['rounds'],
})

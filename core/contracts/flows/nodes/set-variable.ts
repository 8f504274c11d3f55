import { z } from 'zod'
import { EXPRESSION_CHARS_MAX } from '#core/flows/limits.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'
import { StepId } from '../step.ts'

/** Gives a variable of the flow another value: one that is written out, or what CEL comes to. */
export const setVariable = defineNode({
  title: 'Set a variable',
  group: 'data',
  kind: 'control',
  params: z.strictObject({
    name: StepId,
    value: z.json().optional(),
    cel: z.string().min(1).max(EXPRESSION_CHARS_MAX).optional(),
  }),
  blocks: NO_BLOCKS,
  outputs: ['value'],
})

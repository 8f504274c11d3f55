import { z } from 'zod'
import { CASES_PER_BRANCH_MAX } from '#core/flows/limits.ts'
import { Name } from '../../fields.ts'
import { Condition } from '../condition.ts'
import { defineNode } from '../node.ts'
import { StepId } from '../step.ts'

/** Goes the way of the first case that holds, or else that of the block `else`. */
export const branch = defineNode({
  title: 'Branch',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({
    cases: z
      .array(z.strictObject({ id: StepId, label: Name.optional(), when: Condition }))
      .min(1)
      .max(CASES_PER_BRANCH_MAX),
  }),
  blocks: { kind: 'cases' },
  outputs: ['case'],
})

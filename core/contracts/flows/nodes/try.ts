import { z } from 'zod'
import { defineNode } from '../node.ts'

/** Does `do`; when it fails, does `catch` with the failure as `error`, and goes on. */
export const tryCatch = defineNode({
  title: 'Try',
  group: 'flow',
  kind: 'control',
  params: z.strictObject({}),
  blocks: { kind: 'fixed', must: ['do'], may: ['catch'] },
  outputs: ['failed', 'error'],
})

import { z } from 'zod'
import { CODE_CHARS_MAX } from '#core/flows/limits.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Runs JavaScript by itself: ten seconds, 128 MB, nothing outside. */
export const runCode = defineNode({
  title: 'Run code',
  group: 'outside',
  kind: 'act',
  params: z.strictObject({
    code: z.string().min(1).max(CODE_CHARS_MAX),
    input: z.record(z.string().max(60), z.json()).default({}),
  }),
  blocks: NO_BLOCKS,
  outputs: ['result'],
})

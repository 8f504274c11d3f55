import { z } from 'zod'
import { TEMPLATE_CHARS_MAX } from '#core/flows/limits.ts'
import { Id } from '../../fields.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Writes a letter to members of the workspace. */
export const sendEmail = defineNode({
  title: 'Send an e-mail',
  group: 'people',
  kind: 'act',
  params: z.strictObject({
    to: z.union([z.array(Id).min(1).max(20), z.string().max(TEMPLATE_CHARS_MAX)]),
    subject: z.string().min(1).max(200),
    text: z.string().min(1).max(TEMPLATE_CHARS_MAX),
  }),
  blocks: NO_BLOCKS,
  outputs: ['count', 'notTold'],
})

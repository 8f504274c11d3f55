import { z } from 'zod'
import { TEMPLATE_CHARS_MAX } from '#core/flows/limits.ts'
import { Id } from '../../fields.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Puts a message about a card into people's inboxes. */
export const notify = defineNode({
  title: 'Notify',
  group: 'people',
  kind: 'act',
  params: z.strictObject({
    to: z.union([z.array(Id).min(1).max(50), z.string().max(TEMPLATE_CHARS_MAX)]),
    /** What it is about, and where the message leads. */
    cardId: Id.default('{{ card.id }}'),
    text: z.string().min(1).max(TEMPLATE_CHARS_MAX),
  }),
  blocks: NO_BLOCKS,
  outputs: ['count', 'notTold'],
})

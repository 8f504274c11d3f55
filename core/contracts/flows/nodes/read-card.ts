import { z } from 'zod'
import { Id } from '../../fields.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Reads a card as it is now; `card` stays as it was when the run began. */
export const readCard = defineNode({
  title: 'Read a card',
  group: 'cards',
  kind: 'act',
  reads: true,
  params: z.strictObject({ cardId: Id.default('{{ card.id }}') }),
  blocks: NO_BLOCKS,
  outputs: ['card'],
})

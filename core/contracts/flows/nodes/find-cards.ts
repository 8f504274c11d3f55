import { z } from 'zod'
import { FOR_EACH_ITEMS_MAX } from '#core/flows/limits.ts'
import { Id } from '../../fields.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Finds open cards of a board, in the order they stand there. */
export const findCards = defineNode({
  title: 'Find cards',
  group: 'cards',
  kind: 'act',
  reads: true,
  params: z.strictObject({
    boardId: Id.default('{{ card.boardId }}'),
    columnId: Id.optional(),
    labelId: Id.optional(),
    assigneeId: Id.optional(),
    dueBefore: z.iso.date().optional(),
    /** The oldest change is at least so many days ago. */
    untouchedForDays: z.int().min(1).max(365).optional(),
    max: z.int().min(1).max(FOR_EACH_ITEMS_MAX).default(100),
  }),
  blocks: NO_BLOCKS,
  outputs: ['cardIds', 'count'],
})

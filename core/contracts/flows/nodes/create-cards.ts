import { z } from 'zod'
import { TEMPLATE_CHARS_MAX } from '#core/flows/limits.ts'
import { Id, Title } from '../../fields.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

/** Makes a card of each title. */
export const createCards = defineNode({
  title: 'Create cards',
  group: 'cards',
  kind: 'act',
  params: z.strictObject({
    boardId: Id.default('{{ card.boardId }}'),
    columnId: Id,
    titles: z.union([z.array(Title).min(1).max(50), z.string().max(TEMPLATE_CHARS_MAX)]),
  }),
  blocks: NO_BLOCKS,
  outputs: ['cardIds', 'count'],
})

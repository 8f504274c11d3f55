import { z } from 'zod'
import { isTemplate } from '#core/flows/template.ts'
import type { TargetKind } from '../../action.ts'
import { Id } from '../../fields.ts'
import { kanbanActions } from '../../kanban.ts'
import { defineNode, NO_BLOCKS, type NodeContract } from '../node.ts'

export type CardActionType = keyof typeof kanbanActions

/** Ids that the command path makes itself, so that a step that is tried again makes nothing twice. */
const MADE_IDS = ['cardId', 'commentId', 'itemId', 'baseVersion']

const TITLES: Readonly<Record<CardActionType, string>> = {
  'card.create': 'Create a card',
  'card.edit': 'Change a card',
  'card.move': 'Move a card',
  'card.assign': 'Assign a card',
  'card.unassign': 'Take somebody off a card',
  'card.label': 'Put a label on a card',
  'card.unlabel': 'Take a label off a card',
  'card.archive': 'Archive a card',
  'card.restore': 'Restore a card',
  'card.delete': 'Delete a card',
  'card.recover': 'Bring back a card',
  'text.restore': 'Bring back an earlier text',
  'text.name': 'Name an earlier text',
  'comment.add': 'Comment on a card',
  'comment.edit': 'Edit a comment',
  'comment.delete': 'Delete a comment',
  'comment.recover': 'Bring back a comment',
  'comment.resolve': 'Settle a comment',
  'comment.reopen': 'Open a comment again',
  'checklist.add': 'Add a checklist item',
  'checklist.edit': 'Edit a checklist item',
  'checklist.move': 'Move a checklist item',
  'checklist.remove': 'Remove a checklist item',
  'checklist.recover': 'Bring back a checklist item',
  'attachment.add': 'Attach a file',
  'attachment.remove': 'Remove a file',
  'attachment.recover': 'Bring back a file',
}

/** Whose the action is: an id, or a template that gives one. */
const Target = z.union([Id, z.string().max(200).refine(isTemplate)])

/** Where the run's own card gives the target; a comment or an item has to be named. */
const TARGETS: Partial<Record<TargetKind, string>> = {
  card: '{{ card.id }}',
  board: '{{ card.boardId }}',
}

const typesOf = Object.keys(kanbanActions) as CardActionType[]

/** A node for each action on cards, made of the action's own contract. */
export const cardActionNodes = Object.fromEntries(
  typesOf.map((type) => [type, nodeOf(type)]),
) as Record<CardActionType, NodeContract>

function nodeOf(type: CardActionType): NodeContract {
  const { target, body } = kanbanActions[type]
  const own = TARGETS[target]
  const shape = Object.entries(body.shape).filter(([name]) => !MADE_IDS.includes(name))
  return defineNode({
    title: TITLES[type],
    group: 'cards',
    kind: 'act',
    params: z.strictObject({
      target: own ? Target.default(own) : Target,
      ...(Object.fromEntries(shape) as z.ZodRawShape),
    }),
    blocks: NO_BLOCKS,
    outputs: Object.keys(kanbanActions[type].result.shape),
  })
}

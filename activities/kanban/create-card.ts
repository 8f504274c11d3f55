import { newId } from '#core/kernel/ids.ts'
import { news, recount, searchCard } from '#core/platform/follow-ups.ts'
import { unmake, type Handler, type Work } from '#core/platform/handler.ts'
import { liveBoard, nextCardNumber } from '#activities/projects/queries.ts'
import { addAssignees } from './card-assignees.ts'
import { addLabels } from './card-labels.ts'
import { Card } from './card.ts'
import { cardEvent, cardResult } from './change-card.ts'
import { openColumn, roomInColumn, roomOnBoard } from './column-room.ts'
import { keepCard, lockedCard } from './locked-cards.ts'
import { cardsIn, freeRank, respace } from './place.ts'

/** Creates a card at a place in a column, with whatever the quick-add line said of it. */
export const createCard: Handler<'card.create'> = async (work) => {
  const { columnId, before, after, labels = [], assignees = [] } = work.body
  const state = await liveBoard(work, work.targetId)
  const column = openColumn(state, columnId)
  await roomOnBoard(work, state.board.id)
  await roomInColumn(work, column)

  const list = cardsIn(columnId)
  const rank = await freeRank(work, list, { before, after })
  const card = await insertCard(work, state.board.projectId, rank)
  await addLabels(work, card, labels)
  await addAssignees(work, card, assignees)
  const made = Object.assign(card, {
    labels: [...new Set(labels)],
    assignees: [...new Set(assignees)],
  })
  keepCard(work, made)
  const respaced = await respace(work, list, rank)
  const placed = await lockedCard(work, made.id)

  const changes = { title: [null, made.title] as [null, string] }
  return {
    result: cardResult(placed),
    events: [{ ...(await cardEvent(work, 'card.created', placed, changes)), ...respaced }],
    changes,
    inverse: [unmake('card.delete', made.id)],
    follow: [
      searchCard(made.id),
      recount(made.boardId),
      ...news(work, 'assigned', made, made.assignees, made.title),
    ],
  }
}

async function insertCard(
  work: Work<'card.create'>,
  projectId: string,
  rank: string,
): Promise<Card> {
  const { body } = work
  const row = {
    id: body.cardId ?? newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    projectId,
    boardId: work.targetId,
    columnId: body.columnId,
    rank,
    number: await nextCardNumber(work, projectId),
    title: body.title,
    description: body.description ?? '',
    dueOn: body.dueOn ?? null,
    priority: body.priority ?? null,
    points: body.points ?? null,
    colour: body.colour ?? null,
    createdBy: work.actorId,
    createdAt: work.now,
  }
  await Card.query(work.trx).insert(row)
  const defaults = {
    commentCount: 0,
    checklistDone: 0,
    checklistTotal: 0,
    attachmentCount: 0,
    version: 1,
    fieldVersions: {},
    archivedAt: null,
    deletedAt: null,
  }
  return Object.assign(new Card(), row, defaults)
}

import { z } from 'zod'
import { openCards } from '#activities/kanban/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { takeTurn } from '#core/platform/take-turn.ts'

const Counted = z.strictObject({ boardId: Id })

/** Counts a board's cards anew; they take turns, so the last to write has counted last. */
export const countCards: FollowUpHandler = async (trx, { workspaceId, payload }) => {
  const { boardId } = Counted.parse(payload)
  await takeTurn(trx, 'counters', boardId)
  const row = {
    board_id: boardId,
    workspace_id: workspaceId,
    open_cards: await openCards(trx, boardId),
    updated_at: trx.fn.now(),
  }
  await trx('board_counters').insert(row).onConflict('board_id').merge(['open_cards', 'updated_at'])
}

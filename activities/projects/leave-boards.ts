import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'

/**
 * Tells those who look at boards on whose cards somebody is to read them again; before that person
 * is taken out of the workspace, with whom they go from the cards.
 */
export async function leaveBoards(
  trx: Knex.Transaction,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
): Promise<void> {
  await trx.raw('select app.leave_boards(?, ?, ?)', [workspaceId, userId, newId()])
}

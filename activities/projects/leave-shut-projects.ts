import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'

/**
 * Takes those off the cards of a project who do not see it any more, and tells those who look at its
 * boards to read them again; after it was said who sees what.
 */
export async function leaveShutProjects(trx: Knex.Transaction, workspaceId: string): Promise<void> {
  await trx.raw('select app.leave_shut_projects(?, ?)', [workspaceId, newId()])
}

import type { Knex } from 'knex'
import { shownUser } from '#activities/auth/queries.ts'
import { runSeers } from '#activities/automation/queries.ts'
import { cardSeers } from '#activities/kanban/queries.ts'
import { boardViewer, workspaceSeers } from '#activities/rbac/queries.ts'
import type { Presence } from '#core/contracts/events.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { DocumentName } from './document-name.ts'

/** Somebody who may open a document. */
export interface Seer {
  readonly user: Presence['user']
  readonly mayWrite: boolean
  /** What they may do on a board; of a text it is told while it is open. */
  readonly rights: string | null
}

/** Who opens a document; undefined when they may not. */
export async function seerOf(
  database: Knex,
  asked: DocumentName,
  userId: string,
): Promise<Seer | undefined> {
  return await readAs(database, { userId }, (trx) => FIND[asked.kind](trx, asked.id, userId))
}

type Find = (trx: Knex.Transaction, id: string, userId: string) => Promise<Seer | undefined>

const FIND: Readonly<Record<DocumentName['kind'], Find>> = {
  async board(trx, id, userId) {
    const viewer = await boardViewer(trx, id, userId)
    return viewer && { ...viewer, mayWrite: false }
  },

  async card(trx, cardId, userId) {
    const seer = (await cardSeers(trx, [{ cardId, userId }])).get(`${cardId} ${userId}`)
    if (!seer) return undefined
    const { mayWrite, ...user } = seer
    return { user, mayWrite, rights: null }
  },

  async user(trx, id, userId) {
    return id === userId ? await listener(trx, userId) : undefined
  },

  async workspace(trx, workspaceId, userId) {
    const isMember = (await workspaceSeers(trx, [{ workspaceId, userId }])).size > 0
    return isMember ? await listener(trx, userId) : undefined
  },

  async job(trx, runId, userId) {
    const maySee = (await runSeers(trx, [{ runId, userId }])).size > 0
    return maySee ? await listener(trx, userId) : undefined
  },
}

async function listener(trx: Knex.Transaction, userId: string): Promise<Seer | undefined> {
  const user = await shownUser(trx, userId)
  return user && { user, mayWrite: false, rights: null }
}

import type { Knex } from 'knex'
import { shownUsers } from '#activities/auth/queries.ts'
import { flowSeers, runSeers } from '#activities/automation/queries.ts'
import { cardSeers } from '#activities/kanban/queries.ts'
import { boardViewers, workspaceSeers } from '#activities/rbac/queries.ts'
import type { Presence } from '#core/contracts/events.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { DocumentName } from './document-name.ts'
import { Together } from './together.ts'

/** Somebody who may open a document. */
export interface Seer {
  readonly user: Presence['user']
  readonly mayWrite: boolean
  /** What they may do on a board; of a text it is told while it is open. */
  readonly rights: string | null
}

interface Asked {
  readonly document: DocumentName
  readonly userId: string
}

/** Finds out who may open what. */
export class Seers {
  readonly #together: Together<Asked, Seer | undefined>

  constructor(database: Knex) {
    this.#together = new Together(async (asked) => {
      const seers = await readAs(database, THE_HOUSE, (trx) => seersOfAll(trx, asked))
      return (each) => seers.get(pairOf(each))
    })
  }

  /** Who somebody is and what they may do with a document; undefined when they may not open it. */
  async of(document: DocumentName, userId: string): Promise<Seer | undefined> {
    return await this.#together.ask({ document, userId })
  }
}

const pairOf = ({ document, userId }: Asked) => `${document.id} ${userId}`

async function seersOfAll(
  trx: Knex.Transaction,
  asked: readonly Asked[],
): Promise<Map<string, Seer>> {
  const kinds = Map.groupBy(asked, ({ document }) => document.kind)
  const found = await Promise.all([...kinds].map(([kind, some]) => FIND[kind](trx, some)))
  return new Map(found.flatMap((each) => [...each]))
}

type Found = Iterable<readonly [pair: string, Seer]>
type Find = (trx: Knex.Transaction, asked: readonly Asked[]) => Promise<Found>

const FIND: Readonly<Record<DocumentName['kind'], Find>> = {
  async board(trx, asked) {
    const pairs = asked.map(({ document, userId }) => ({ boardId: document.id, userId }))
    const viewers = await boardViewers(trx, pairs)
    return viewers.map(({ boardId, user, rights }) => [
      `${boardId} ${user.id}`,
      { user, rights, mayWrite: false },
    ])
  },

  async card(trx, asked) {
    const pairs = asked.map(({ document, userId }) => ({ cardId: document.id, userId }))
    return [...(await cardSeers(trx, pairs))].map(([pair, { mayWrite, ...user }]) => [
      pair,
      { user, mayWrite, rights: null },
    ])
  },

  async user(trx, asked) {
    const themselves = asked.filter(({ document, userId }) => document.id === userId)
    return await listeners(trx, themselves, new Set(themselves.map(pairOf)))
  },

  async workspace(trx, asked) {
    const pairs = asked.map(({ document, userId }) => ({ workspaceId: document.id, userId }))
    return await listeners(trx, asked, await workspaceSeers(trx, pairs))
  },

  async job(trx, asked) {
    return await listeners(trx, asked, await runSeers(trx, asked.map(idPair)))
  },

  async flow(trx, asked) {
    return await listeners(trx, asked, await flowSeers(trx, asked.map(idPair)))
  },
}

const idPair = ({ document, userId }: Asked) => ({ id: document.id, userId })

async function listeners(
  trx: Knex.Transaction,
  asked: readonly Asked[],
  allowed: ReadonlySet<string>,
): Promise<Found> {
  const users = await shownUsers(
    trx,
    asked.map(({ userId }) => userId),
  )
  return asked.flatMap((each) => {
    const user = allowed.has(pairOf(each)) && users.get(each.userId)
    return user ? [[pairOf(each), { user, mayWrite: false, rights: null }] as const] : []
  })
}

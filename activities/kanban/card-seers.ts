import type { Knex } from 'knex'
import {
  type AnyRole,
  allows,
  CARD_RULES,
  may,
  rightsOf,
  type Tie,
} from '#core/kernel/permissions.ts'
import { inProject, MADE_THERE, ROLE_THERE } from '#activities/rbac/queries.ts'
import { tiesSql } from './ties.ts'

/** Somebody who sees a card, as others see them, and whether they may write its text now. */
interface CardSeer {
  readonly id: string
  readonly name: string
  readonly hue: number
  readonly mayWrite: boolean
}

interface Row extends Omit<CardSeer, 'mayWrite'> {
  readonly cardId: string
  readonly role: AnyRole
  readonly made: string[] | null
  readonly isLive: boolean
  readonly ties: Tie[]
}

const CARD_SEERS = `
  select c.id as "cardId", u.id, u.name, u.hue, ${ROLE_THERE} as role, ${MADE_THERE} as made,
    coalesce(c.archived_at, c.deleted_at, b.archived_at, p.archived_at) is null as "isLive",
    ${tiesSql('c', 'u.id')} as ties
  from unnest(?::uuid[], ?::uuid[]) as asked (card_id, user_id)
  join cards c on c.id = asked.card_id
  join boards b on b.id = c.board_id
  join projects p on p.id = c.project_id
  join workspaces w on w.id = c.workspace_id and w.deleted_at is null
  join workspace_members m on m.workspace_id = c.workspace_id and m.user_id = asked.user_id
  join users u on u.id = m.user_id
  ${inProject('c.project_id')}`

/** Those of the pairs who see their card, by `cardId userId`. */
export async function cardSeers(
  db: Knex,
  pairs: readonly { cardId: string; userId: string }[],
): Promise<Map<string, CardSeer>> {
  const { rows } = await db.raw<{ rows: Row[] }>(CARD_SEERS, [
    pairs.map(({ cardId }) => cardId),
    pairs.map(({ userId }) => userId),
  ])
  return new Map(
    rows.flatMap(({ cardId, id, name, hue, role, made, isLive, ties }) => {
      const rights = rightsOf(role, made)
      if (!may(rights, 'board.read')) return []
      const mayWrite = isLive && allows(rights, CARD_RULES.work, ties)
      return [[`${cardId} ${id}`, { id, name, hue, mayWrite }] as const]
    }),
  )
}

import type { Installation } from './installation.ts'
import type { Deed, Team } from './load.ts'

/** How many rows of a workspace's outbox wait for their handler. */
export async function undone({ database }: Installation, { board }: Team): Promise<number> {
  const [row] = await database('outbox')
    .where({ workspace_id: board.workspaceId, done_at: null })
    .count('* as rows')
  return Number(row!['rows'])
}

/** Who was told of which comment, one line each. */
export async function told({ database }: Installation, { board }: Team): Promise<string[]> {
  const rows = await database('notifications').where({ workspace_id: board.workspaceId })
  return rows
    .map(({ user_id, kind, excerpt }: Record<string, string>) => `${user_id} ${kind} ${excerpt}`)
    .sort()
}

/** Whom the comments concern: those they mention, and the maker of all the cards. */
export function toBeTold({ board }: Team, deeds: readonly Deed[]): string[] {
  const comments = deeds.filter(({ kind, result }) => kind === 'comment' && result)
  return comments
    .flatMap(({ wish }) => {
      const { text, mentions } = wish.body as { text: string; mentions: string[] }
      const mentioned = mentions.map((userId) => `${userId} mentioned ${text}`)
      return [...mentioned, `${board.ownerId} commented ${text}`]
    })
    .sort()
}

/** What the follow-ups have written beside notifications, against the cards themselves. */
export async function staleProjections(
  { database }: Installation,
  { board }: Team,
  deeds: readonly Deed[],
): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { what: string }[] }>(
    `select 'search text of ' || c.id as what
     from cards c left join search_entries s on s.source_id = c.id and s.source = 'title'
     where c.board_id = :boardId and c.id = any(:touched) and s.body is distinct from c.title
     union all
     select 'counter of the board' from board_counters
     where board_id = :boardId
       and open_cards <> (select count(*) from cards where board_id = :boardId)`,
    { boardId: board.boardId, touched: deeds.flatMap(titled) },
  )
  return rows.map(({ what }) => what)
}

/** The card whose title an action wrote, so that it has to be found by it. */
function titled({ kind, result }: Deed): string[] {
  if (!result || (kind !== 'create' && kind !== 'edit')) return []
  return [(result['card'] as { id: string }).id]
}

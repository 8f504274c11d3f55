import type { Knex } from 'knex'
import { MENTIONS_PER_TEXT_MAX } from '#core/kernel/limits.ts'
import { newsOf } from '#core/platform/follow-ups.ts'
import type { FollowUp } from '#core/platform/handler.ts'
import { excerptOf } from '#activities/kanban/queries.ts'
import type { Mention } from './mentions-in.ts'

interface Place {
  readonly boardId: string
  readonly known: string[]
  readonly creatorId: string
  /** Who has written since the text was told last, latest first. */
  readonly writers: string[]
}

const PLACE = `
  select c.board_id as "boardId", d.told_mentions as known, c.created_by as "creatorId",
    array(
      select user_id from crdt_updates u
      where u.card_id = c.id and u.seq > d.told_seq and user_id is not null
      group by user_id order by max(seq) desc
    ) as writers
  from crdt_docs d join cards c on c.id = d.card_id where c.id = ?
  for no key update of d`

/**
 * The news of whoever is named in a text and has not been told of it, which counts as told from then on:
 * each mention is told once, however often it is moved, taken away and brought back. Nobody is told
 * of what nobody else has written.
 */
export async function tellMentions(
  trx: Knex.Transaction,
  cardId: string,
  mentions: readonly Mention[],
): Promise<FollowUp[]> {
  if (mentions.length === 0) return []
  const { rows } = await trx.raw<{ rows: Place[] }>(PLACE, [cardId])
  if (!rows[0]) return []
  const { boardId, known, creatorId, writers } = rows[0]
  const fresh = mentions
    .filter(({ key }) => !known.includes(key))
    .slice(0, MENTIONS_PER_TEXT_MAX - known.length)
  if (fresh.length === 0) return []
  const told_mentions = [...new Set([...known, ...fresh.map(({ key }) => key)])]
  await trx('crdt_docs').where({ card_id: cardId }).update({ told_mentions })
  const firsts = new Map(fresh.toReversed().map((mention) => [mention.userId, mention]))
  return [...firsts.values()].flatMap(({ userId, line }) => {
    const actorId = [...writers, creatorId].find((id) => id !== userId)
    if (actorId === undefined || (writers.length > 0 && !writers.includes(actorId))) return []
    return newsOf(actorId, 'mentioned', { id: cardId, boardId }, [userId], excerptOf(line))
  })
}

import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { bodyOf } from '../body-of.ts'
import type { DoAct } from '../tools.ts'

interface Wanted {
  readonly boardId: string
  readonly columnId?: string
  readonly labelId?: string
  readonly assigneeId?: string
  readonly dueBefore?: string
  readonly untouchedForDays?: number
  readonly max: number
}

/** Open cards of a board the flow's actor sees; what is not asked for is not looked at. */
export const findCards: DoAct = async ({ database }, order) => {
  const wanted = bodyOf(nodes['cards.find']!.params, order.with) as unknown as Wanted
  const { rows } = await readAs(database, { userId: order.actorId }, (trx) =>
    trx.raw<{ rows: { id: string }[] }>(FOUND, { ...NOTHING_ASKED, ...wanted }),
  )
  return { output: { cardIds: rows.map(({ id }) => id), count: rows.length }, cards: 0 }
}

const NOTHING_ASKED = {
  columnId: null,
  labelId: null,
  assigneeId: null,
  dueBefore: null,
  untouchedForDays: null,
}

const FOUND = `
  select c.id from cards c join columns k on k.id = c.column_id and k.archived_at is null
  where c.board_id = :boardId and c.archived_at is null and c.deleted_at is null
    and (:columnId::uuid is null or c.column_id = :columnId)
    and (:labelId::uuid is null
      or exists (select from card_labels x where x.card_id = c.id and x.label_id = :labelId))
    and (:assigneeId::uuid is null
      or exists (select from card_assignees x where x.card_id = c.id and x.user_id = :assigneeId))
    and (:dueBefore::date is null or c.due_on < :dueBefore)
    and (:untouchedForDays::int is null
      or c.created_at < now() - make_interval(days => :untouchedForDays)
      and not exists (select from board_events e where e.card_id = c.id
        and e.created_at > now() - make_interval(days => :untouchedForDays)))
  order by k.rank, c.rank limit :max`

import type { Work } from '#core/platform/handler.ts'

/** Where copies go: each column and each label of the originals with the one they are copied to. */
export interface CopyTarget {
  readonly boardId: string
  readonly projectId: string
  readonly columns: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** The first of as many numbers as there are open cards. */
  readonly firstNumber: number
}

/** So many full checklists are written within the time limit of a statement. */
const CARDS_AT_ONCE = 500

/**
 * Each open card with the id of its copy. The pairs are told to every statement below, because a
 * join that finds them anew has no statistics of rows just written, and then takes minutes.
 */
const PAIRS = `
  select id as original, uuidv7() as copy from cards
  where column_id = any(?) and archived_at is null and deleted_at is null
  order by number`

const COPY_CARDS = `
  insert into cards (id, workspace_id, project_id, board_id, column_id, rank, number, title,
    description, due_on, priority, points, colour, checklist_done, checklist_total,
    created_by, created_at)
  select pair.copy, c.workspace_id, :projectId, :boardId, k.copy, c.rank,
    :firstNumber - 1 + pair.place, c.title,
    c.description, c.due_on, c.priority, c.points, c.colour, c.checklist_done, c.checklist_total,
    :actorId, :now
  from unnest(:originals::uuid[], :copies::uuid[]) with ordinality as pair (original, copy, place)
  join cards c on c.id = pair.original
  join unnest(:columns::uuid[], :columnCopies::uuid[]) as k (original, copy)
    on k.original = c.column_id`

const COPY_LABELS = `
  insert into card_labels (card_id, label_id, workspace_id)
  select pair.copy, l.copy, x.workspace_id
  from unnest(:originals::uuid[], :copies::uuid[]) as pair (original, copy)
  join card_labels x on x.card_id = pair.original
  join unnest(:labels::uuid[], :labelCopies::uuid[]) as l (original, copy)
    on l.original = x.label_id`

const COPY_ASSIGNEES = `
  insert into card_assignees (card_id, user_id, workspace_id)
  select pair.copy, x.user_id, x.workspace_id
  from unnest(:originals::uuid[], :copies::uuid[]) as pair (original, copy)
  join card_assignees x on x.card_id = pair.original`

const COPY_CHECKLISTS = `
  insert into checklist_items (id, workspace_id, card_id, body, done, rank, created_at)
  select uuidv7(), x.workspace_id, pair.copy, x.body, x.done, x.rank, :now
  from unnest(:originals::uuid[], :copies::uuid[]) as pair (original, copy)
  join checklist_items x on x.card_id = pair.original and x.deleted_at is null`

/**
 * Copies the open cards of some columns with their labels, assignees and checklists, but without
 * comments and history. The columns they go to are still empty, so the places are kept. Answers the
 * ids of the copies.
 */
export async function copyCards(
  { trx, actorId, now }: Work,
  target: CopyTarget,
): Promise<string[]> {
  const { boardId, projectId, firstNumber } = target
  const columns = [...target.columns.keys()]
  const { rows } = await trx.raw<{ rows: { original: string; copy: string }[] }>(PAIRS, [columns])
  const same = {
    projectId,
    boardId,
    actorId,
    now,
    columns,
    columnCopies: [...target.columns.values()],
    labels: [...target.labels.keys()],
    labelCopies: [...target.labels.values()],
  }
  for (let done = 0; done < rows.length; done += CARDS_AT_ONCE) {
    const pairs = rows.slice(done, done + CARDS_AT_ONCE)
    const bindings = {
      ...same,
      firstNumber: firstNumber + done,
      originals: pairs.map(({ original }) => original),
      copies: pairs.map(({ copy }) => copy),
    }
    for (const copy of [COPY_CARDS, COPY_LABELS, COPY_ASSIGNEES, COPY_CHECKLISTS]) {
      await trx.raw(copy, bindings)
    }
  }
  return rows.map(({ copy }) => copy)
}

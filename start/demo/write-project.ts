import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { spreadRanks } from '#core/kernel/rank.ts'
import { insertRows } from '#core/platform/insert-rows.ts'
import type { CardDraft, ColumnDraft, ProjectDraft } from './draft.ts'
import { ann } from './people.ts'

type Rows = Record<string, unknown>[]

/** Where the rows of a card belong. */
interface Place {
  readonly workspaceId: string
  readonly projectId: string
  readonly boardId: string
  readonly columnId: string
  readonly labelIds: Readonly<Record<string, string>>
}

/** The rows of a project, by table, in the order the tables refer to each other. */
class Tables {
  readonly projects: Rows = []
  readonly boards: Rows = []
  readonly columns: Rows = []
  readonly labels: Rows = []
  readonly board_counters: Rows = []
  readonly cards: Rows = []
  readonly card_assignees: Rows = []
  readonly card_labels: Rows = []
  readonly comments: Rows = []
  readonly checklist_items: Rows = []
  readonly search_entries: Rows = []
  readonly notifications: Rows = []
}

/** Writes a project with one statement for each table. */
export async function writeProject(
  trx: Knex.Transaction,
  workspaceId: string,
  draft: ProjectDraft,
): Promise<void> {
  const tables = new Tables()
  layOut(tables, workspaceId, draft)
  for (const [table, rows] of Object.entries(tables)) await insertRows(trx, table, rows)
}

function layOut(tables: Tables, workspaceId: string, { name, key, labels, board }: ProjectDraft) {
  const [projectId, boardId] = [newId(), newId()]
  const count = board.columns.reduce((sum, column) => sum + column.cards.length, 0)
  const owned = { workspace_id: workspaceId, created_by: ann.id }
  tables.projects.push({ ...owned, id: projectId, name, key, last_card_number: count })
  tables.boards.push({ ...owned, id: boardId, project_id: projectId, name: board.name })
  tables.board_counters.push({ board_id: boardId, workspace_id: workspaceId, open_cards: count })

  const labelIds: Record<string, string> = {}
  for (const [label, colour] of Object.entries(labels)) {
    const id = (labelIds[label] = newId())
    tables.labels.push({
      id,
      workspace_id: workspaceId,
      project_id: projectId,
      name: label,
      colour,
    })
  }
  const columnRanks = spreadRanks(board.columns.length)
  const numbers = numbersByAge(board.columns)
  board.columns.forEach(({ name: column, wipLimit = null, cards }, index) => {
    const columnId = newId()
    tables.columns.push({
      id: columnId,
      workspace_id: workspaceId,
      board_id: boardId,
      name: column,
      rank: columnRanks[index],
      wip_limit: wipLimit,
    })
    const place = { workspaceId, projectId, boardId, columnId, labelIds }
    const ranks = spreadRanks(cards.length)
    cards.forEach((card, at) => addCard(tables, place, card, ranks[at]!, numbers.get(card)!))
  })
}

/** Older cards have lower numbers, wherever they have got to. */
function numbersByAge(columns: readonly ColumnDraft[]): Map<CardDraft, number> {
  const cards = columns.flatMap((column) => column.cards)
  const byAge = cards.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  return new Map(byAge.map((card, index) => [card, index + 1]))
}

function addCard(tables: Tables, place: Place, card: CardDraft, rank: string, number: number) {
  const id = newId(card.createdAt.getTime())
  const { workspaceId, projectId, boardId, columnId, labelIds } = place
  const { title, description = '', checklist = [], comments = [] } = card
  tables.cards.push({
    id,
    workspace_id: workspaceId,
    project_id: projectId,
    board_id: boardId,
    column_id: columnId,
    rank,
    number,
    title,
    description,
    due_on: card.dueOn ?? null,
    priority: card.priority ?? null,
    points: card.points ?? null,
    colour: card.colour ?? null,
    comment_count: comments.length,
    checklist_done: checklist.filter((item) => item.done).length,
    checklist_total: checklist.length,
    created_by: card.createdBy.id,
    created_at: card.createdAt,
  })
  const owned = { workspace_id: workspaceId, card_id: id }
  for (const { id: userId } of card.assignees ?? []) {
    tables.card_assignees.push({ ...owned, user_id: userId })
  }
  for (const label of card.labels ?? []) {
    tables.card_labels.push({ ...owned, label_id: labelIds[label] })
  }
  const ranks = spreadRanks(checklist.length)
  checklist.forEach(({ text, done }, index) => {
    tables.checklist_items.push({ ...owned, id: newId(), body: text, done, rank: ranks[index] })
  })
  const found = { ...owned, source_id: id }
  tables.search_entries.push({ ...found, source: 'title', body: title })
  if (description)
    tables.search_entries.push({ ...found, source: 'description', body: description })
  for (const comment of comments) addComment(tables, { ...owned, board_id: boardId }, comment)
}

function addComment(
  tables: Tables,
  { board_id, ...owned }: { workspace_id: string; card_id: string; board_id: string },
  { author, text, at, asks }: NonNullable<CardDraft['comments']>[number],
) {
  const id = newId(at.getTime())
  tables.comments.push({
    ...owned,
    id,
    author_id: author.id,
    body: text,
    mentions: asks ? [asks.id] : [],
    created_at: at,
  })
  tables.search_entries.push({ ...owned, source_id: id, source: 'comment', body: text })
  if (!asks) return
  tables.notifications.push({
    ...owned,
    id: newId(at.getTime()),
    user_id: asks.id,
    kind: 'mentioned',
    actor_id: author.id,
    board_id,
    excerpt: text,
    effect_key: `demo/${id}`,
    created_at: at,
  })
}

import type { Pool, PoolClient } from 'pg'

export type Move = { commandId: string; actorId: string; cardId: string; columnId: string }
export type Moved = { card: Record<string, unknown>; offset: number }

type Place = { workspace_id: string; board_id: string; version: number }
type Told = { place: Place; rank: string; offset: number; workflowId: string }

const PLACE = 'select workspace_id, board_id, version from cards where id = $1'

const LOCK_BOARD = `
  select b.*, (select json_build_object('name', p.name) from projects p where p.id = b.project_id)
  from boards b where b.id = $1 for no key update`

const COLUMNS = 'select * from columns where board_id = $1 order by rank'

const LOCK_CARD = `
  select c.id, c.column_id, c.rank, c.version, c.field_versions, c.archived_at, c.deleted_at,
    array(select label_id from card_labels l where l.card_id = c.id) as labels,
    array(select user_id from card_assignees a where a.card_id = c.id) as assignees
  from cards c where c.id = $1 for no key update`

const ANSWERED = 'select outcome from outcomes where actor_id = $1 and command_id = $2'

const ROLE = 'select role from workspace_members where workspace_id = $1 and user_id = $2'

const LAST_RANK = `
  select rank from cards
  where column_id = $1 and archived_at is null and deleted_at is null and id <> $2
  order by rank desc limit 1`

const MOVE = `
  update cards set column_id = $2, rank = $3, version = version + 1,
    field_versions = jsonb_build_object('place', json_build_array(version + 1, version + 1))
  where id = $1 returning id, column_id as "columnId", rank, number, title, version`

const NUMBER = 'update boards set event_seq = event_seq + 1 where id = $1 returning event_seq'

const TELL = `
  insert into board_events
    (board_id, seq, workspace_id, type, card_id, actor_id, command_id, body, changes)
  values ($1, $2, $3, 'card.moved', $4, $5, $6, $7, $8)`

const AUDIT = `
  insert into audit_log
    (id, workspace_id, actor_id, action, decision, target_kind, target_id, after, command_id,
     workflow_id, request_id, ip)
  values ($1, $2, $3, 'card.move', 'allowed', 'card', $4, $5, $6::uuid, $7, $6::text, '127.0.0.1')`

const ANSWER = `
  insert into outcomes
    (actor_id, command_id, workspace_id, type, body_hash, outcome, inverse, summary, board_ids,
     card_ids, workflow_id, run_id)
  values ($1, $2, $3, 'card.move', $4, $5, $6, 'moved', $7, $8, $9, $9)`

/** Moves a card to the end of a column, in one transaction of prepared statements. */
export async function moveCard(pool: Pool, move: Move, workflowId: string): Promise<Moved> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const moved = await within(client, move, workflowId)
    await client.query('commit')
    return moved
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

async function within(client: PoolClient, move: Move, workflowId: string): Promise<Moved> {
  const { actorId, commandId, cardId, columnId } = move
  const [place] = await ask<Place>(client, 'place', PLACE, [cardId])
  if (!place) throw new Error(`There is no card ${cardId}.`)
  await ask(client, 'lock-board', LOCK_BOARD, [place.board_id])
  await ask(client, 'columns', COLUMNS, [place.board_id])
  await ask(client, 'lock-card', LOCK_CARD, [cardId])
  await ask(client, 'answered', ANSWERED, [actorId, commandId])
  await ask(client, 'role', ROLE, [place.workspace_id, actorId])
  const [last] = await ask<{ rank: string }>(client, 'last-rank', LAST_RANK, [columnId, cardId])
  const rank = rankAfter(last?.rank)
  const [card] = await ask<Moved['card']>(client, 'move', MOVE, [cardId, columnId, rank])
  const [number] = await ask<{ event_seq: string }>(client, 'number', NUMBER, [place.board_id])
  if (!card || !number) throw new Error('A locked row is gone.')
  const offset = Number(number.event_seq)
  await tell(client, move, card, { place, rank, offset, workflowId })
  return { card, offset }
}

async function tell(client: PoolClient, move: Move, card: Moved['card'], told: Told) {
  const { actorId, commandId, cardId } = move
  const { place, offset, workflowId } = told
  const { board_id: boardId, workspace_id: workspaceId } = place
  const changes = JSON.stringify({ column: ['To do', 'Done'] })
  const event = [boardId, offset, workspaceId, cardId, actorId, commandId]
  await ask(client, 'tell', TELL, [...event, JSON.stringify({ card }), changes])
  const line = [crypto.randomUUID(), workspaceId, actorId, cardId, changes, commandId, workflowId]
  await ask(client, 'audit', AUDIT, line)
  const outcome = JSON.stringify({ status: 'done', commandId, result: { card } })
  const inverse = JSON.stringify([{ type: 'card.move', targetId: cardId }])
  const answer = [actorId, commandId, workspaceId, Buffer.alloc(32), outcome, inverse]
  await ask(client, 'answer', ANSWER, [...answer, [boardId], [cardId], workflowId])
}

async function ask<Row>(client: PoolClient, name: string, text: string, values: unknown[]) {
  const { rows } = await client.query({ name, text, values })
  return rows as Row[]
}

/** Nanoseconds of the process sort behind every rank there is, and no two are the same. */
function rankAfter(last: string | undefined): string {
  const rank = `z${process.hrtime.bigint().toString(36).padStart(12, '0')}`
  return last === undefined || rank > last ? rank : `${last}V`
}

import { isDeepStrictEqual } from 'node:util'
import type { Outcome } from '#core/contracts/command.ts'
import type { BoardEvent } from '#core/contracts/events.ts'
import type { BoardView, CardFace } from '#core/contracts/views.ts'
import { signToken } from '#core/platform/access-token.ts'
import type { Installation } from './installation.ts'
import type { Deed, Team } from './load.ts'

/** Looks for what does not fit together; each finding is a sentence. */
type Check = (it: Installation, team: Team, deeds: readonly Deed[]) => Promise<string[]>

/** All that does not fit: nothing when no answered action was lost and none was done twice. */
export async function misfits(
  it: Installation,
  team: Team,
  deeds: readonly Deed[],
): Promise<string[]> {
  const checks = [answersAreStored, effectsAreThereOnce, eventsAreGapless, auditIsWhole]
  const found = await Promise.all(
    [...checks, versionsAreSteps, boardIsItsEvents].map((check) => check(it, team, deeds)),
  )
  return found.flat()
}

/** Every action that was answered has one outcome, which says what was answered; no other has. */
const answersAreStored: Check = async ({ database }, { board }, deeds) => {
  const rows = await database('outcomes').where({ workspace_id: board.workspaceId })
  const stored = new Map(
    rows.map((row: { command_id: string; outcome: Outcome }) => [row.command_id, row.outcome]),
  )
  const wrong = deeds.filter((deed) => !isAnswer(deed, stored.get(deed.commandId)))
  return [
    ...wrong.map(({ kind, commandId }) => `The ${kind} ${commandId} is not stored as answered.`),
    ...differs('outcomes', rows.length, deeds.length),
  ]
}

function isAnswer({ result, code }: Deed, outcome: Outcome | undefined): boolean {
  if (outcome?.status !== 'done') return outcome?.code === code && result === null
  const { commandId, offsets } = outcome
  return isDeepStrictEqual(result, { ...outcome.result, commandId, offsets })
}

/** What was made is there once; what was refused is not. */
const effectsAreThereOnce: Check = async ({ database }, { board, cardIds }, deeds) => {
  const cards = await database('cards').where({ board_id: board.boardId }).whereNotIn('id', cardIds)
  const comments = await database('comments').where({ workspace_id: board.workspaceId })
  const wanted = (kind: Deed['kind'], field: string) =>
    deeds
      .filter((deed) => deed.kind === kind && deed.result)
      .map((deed) => (deed.wish.body as Record<string, string>)[field]!)
      .sort()
  const titles = cards.map((card: { title: string }) => card.title).sort()
  const texts = comments.map((comment: { body: string }) => comment.body).sort()
  return [
    ...(isDeepStrictEqual(titles, wanted('create', 'title')) ? [] : ['The cards made differ.']),
    ...(isDeepStrictEqual(texts, wanted('comment', 'text')) ? [] : ['The comments differ.']),
  ]
}

/** Events are numbered from 1 without a gap, and each action that was done has its own. */
const eventsAreGapless: Check = async ({ database }, { board }, deeds) => {
  const rows = await database('board_events').where({ board_id: board.boardId }).orderBy('seq')
  const gaps = rows.filter(({ seq }: { seq: number }, index) => seq !== index + 1)
  const told = new Map(
    deeds
      .filter(({ result }) => result)
      .map(({ commandId, result }) => [
        commandId,
        (result!['offsets'] as Record<string, number>)[board.boardId],
      ]),
  )
  const strange = rows.filter((row) => told.get(row.command_id) !== row.seq)
  const numbered = [...told.values()].filter((offset) => offset !== undefined)
  return [
    ...gaps.map(({ seq }) => `Event ${seq} stands out of order.`),
    ...strange.map(({ seq }) => `Event ${seq} is not the one its action was answered with.`),
    ...differs('events', rows.length, numbered.length),
    ...differs('last event number', await lastEvent({ database }, { board }), rows.length),
  ]
}

/** The number the board says its last event has. */
export async function lastEvent(
  { database }: Pick<Installation, 'database'>,
  { board }: Pick<Team, 'board'>,
): Promise<number> {
  const { event_seq } = await database('boards').where({ id: board.boardId }).first('event_seq')
  return event_seq
}

const auditIsWhole: Check = async ({ database }, { board }, deeds) => {
  const rows = await database('audit_log').where({ workspace_id: board.workspaceId })
  const audited = rows.map((row: { command_id: string }) => row.command_id).sort()
  const asked = deeds.map(({ commandId }) => commandId).sort()
  return isDeepStrictEqual(audited, asked) ? [] : ['The audit lines are not one for each action.']
}

/** Each event about a card is one version further than the one before. */
const versionsAreSteps: Check = async ({ database }, { board, cardIds }) => {
  const events = await eventsOf(database, board.boardId)
  const last = new Map(cardIds.map((id) => [id, 1]))
  return events.flatMap(({ card, offset }) => {
    if (!card) return [`Event ${offset} does not tell of its card.`]
    const before = last.get(card.id) ?? 0
    last.set(card.id, card.version)
    return differs(`version at event ${offset}`, card.version, before + 1)
  })
}

/** Who has followed the events sees the board that a fresh look shows, each card in one place. */
const boardIsItsEvents: Check = async (it, { board, userIds }) => {
  const token = await signToken(it.keys, 'api', userIds[0]!)
  const response = await fetch(`${it.url}/api/v1/boards/${board.boardId}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const view = (await response.json()) as BoardView
  const followed = new Map<string, CardFace>()
  for (const { card } of await eventsOf(it.database, board.boardId)) {
    if (card) followed.set(card.id, card)
  }
  const places = new Set(view.cards.map(({ columnId, rank }) => `${columnId} ${rank}`))
  const lost = [...followed.values()].filter(
    (card) =>
      !isDeepStrictEqual(
        card,
        view.cards.find(({ id }) => id === card.id),
      ),
  )
  const live = await it.database('cards').where({ board_id: board.boardId }).count('* as cards')
  return [
    ...lost.map(({ id }) => `Card ${id} is not as its last event tells.`),
    ...differs('places', places.size, view.cards.length),
    ...differs('cards on the board', view.cards.length, Number(live[0]!['cards'])),
  ]
}

async function eventsOf(
  database: Installation['database'],
  boardId: string,
): Promise<Pick<BoardEvent, 'card' | 'offset'>[]> {
  const rows = await database('board_events').where({ board_id: boardId }).orderBy('seq')
  return rows.map(({ seq, body }: { seq: number; body: Pick<BoardEvent, 'card'> }) => ({
    offset: seq,
    ...body,
  }))
}

const differs = (what: string, found: number, wanted: number): string[] =>
  found === wanted ? [] : [`${what}: ${found} instead of ${wanted}.`]

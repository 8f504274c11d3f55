import type { Knex } from 'knex'
import { contractOf } from '#core/contracts/actions.ts'
import type { Command, Outcome } from '#core/contracts/command.ts'
import type { BoardEvent } from '#core/contracts/events.ts'
import { newId } from '#core/kernel/ids.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { bodyHash } from '#core/platform/command-mac.ts'
import type { NewEvent } from '#core/platform/handler.ts'
import { actAs } from '#core/platform/acting-as.ts'
import { answersOf } from '#core/platform/ask.ts'
import { insertRows } from '#core/platform/insert-rows.ts'
import { takeEventNumbers, type Numbering } from '#activities/projects/queries.ts'
import { relists } from './relists.ts'
import type { Ran } from './run-batch.ts'
import type { Settled } from './run-command.ts'
import { tellFlows } from './tell-flows.ts'

/** The workflow a batch runs in, as outcomes and audit lines name it. */
export interface Execution {
  readonly workflowId: string
  readonly runId: string
  /** 1 at first; grows when the whole batch is tried again. */
  readonly attempt: number
}

export type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

/** What a committed batch has to tell: the answers, and per board the new events. */
export interface Applied {
  readonly answers: readonly { command: Command; outcome: Outcome }[]
  readonly news: readonly { boardId: string; epoch: string; events: BoardEvent[] }[]
  /** Whether anything is in the outbox. */
  readonly followUps: boolean
  /** The workspaces whose projects or boards are other ones now. */
  readonly relisted: readonly string[]
}

type Fresh = Exclude<Settled, { kind: 'known' }>

/**
 * Writes what the commands of a batch left to be told, each kind with one statement and all sent
 * together: events with their numbers, outbox rows, audit lines, outcomes. It is the workspace
 * that stores them, for the last command's actor may not even be a member of it. All is written
 * once `last` resolves.
 */
export async function storeEffects(
  trx: Knex.Transaction,
  { settled, locks, workspaceId }: Pick<Ran, 'settled' | 'locks' | 'workspaceId'>,
  execution: Execution,
  recordAudit: RecordAudit,
): Promise<{ applied: Applied; last: Promise<unknown> }> {
  const fresh = settled.filter((each): each is Fresh => each.kind !== 'known')
  const acting = actAs(trx, { workspaceId })
  // Looked at with the others.
  acting.catch(() => {})
  const told = toldBy(fresh)
  const { numbers, counted } = await takeEventNumbers(trx, locks, countsOf(told))
  const news = numbered(told, numbers)
  const outcomes = new Map(fresh.map((each) => [each.command, outcomeOf(each, news)]))
  const followUps = outboxRows(fresh)
  const sent = answersOf([
    acting,
    counted,
    insertRows(trx, 'board_events', eventRows(news, workspaceId)),
    insertRows(trx, 'outbox', followUps),
    tellFlows(trx, news, workspaceId),
    recordAudit(
      trx,
      fresh.map((each) => auditLine(each, execution)),
    ),
    insertRows(trx, 'outcomes', outcomeRows(fresh, outcomes, execution)),
  ])
  const answers = settled.map((each) => ({
    command: each.command,
    outcome: each.kind === 'known' ? each.outcome : outcomes.get(each.command)!,
  }))
  const relisted = fresh.some(relists) ? [workspaceId] : []
  const applied = { answers, news, followUps: followUps.length > 0, relisted }
  const last = sent.then((written) => {
    applied.followUps ||= written[4]
  })
  return { applied, last }
}

/** What is to be told on each board, and by whose command. */
type Told = ReadonlyMap<string, readonly { event: NewEvent; by: Command }[]>

const toldBy = (fresh: readonly Fresh[]): Told =>
  Map.groupBy(
    fresh.flatMap((each) =>
      each.kind === 'done' ? each.effect.events.map((event) => ({ event, by: each.command })) : [],
    ),
    ({ event }) => event.boardId,
  )

const countsOf = (told: Told) => new Map([...told].map(([id, events]) => [id, events.length]))

function numbered(told: Told, numbers: ReadonlyMap<string, Numbering>): Applied['news'] {
  const at = new Date().toISOString()
  return [...told].map(([boardId, events]) => {
    const { epoch, last } = numbers.get(boardId)!
    const first = last - events.length + 1
    return {
      boardId,
      epoch,
      events: events.map(({ event, by }, index) => ({
        ...event,
        offset: first + index,
        actorId: by.actorId,
        commandId: by.id,
        at,
      })),
    }
  })
}

const eventRows = (news: Applied['news'], workspaceId: string) =>
  news.flatMap(({ events }) => events.map((event) => eventRow(event, workspaceId)))

export function eventRow(event: BoardEvent, workspaceId: string) {
  const { boardId, offset, type, cardId, actorId, commandId, at, changes, ...body } = event
  return {
    board_id: boardId,
    seq: offset,
    workspace_id: workspaceId,
    type,
    card_id: cardId ?? null,
    actor_id: actorId,
    command_id: commandId,
    body,
    changes: changes ?? {},
    created_at: at,
  }
}

function outboxRows(fresh: readonly Fresh[]) {
  return fresh.flatMap((each) =>
    each.kind === 'done'
      ? each.effect.follow.map(({ topic, payload }, index) => ({
          id: newId(),
          workspace_id: each.command.workspaceId,
          topic,
          effect_key: `${each.command.actorId}/${each.command.id}/${index}`,
          payload,
        }))
      : [],
  )
}

function auditLine(each: Fresh, execution: Execution): AuditLine {
  const { command } = each
  const changes = each.kind === 'done' ? Object.entries(each.effect.changes) : []
  const denied = each.kind === 'refused' && each.refusal.code === 'permission.denied'
  const side = (index: 0 | 1) =>
    changes.length > 0
      ? Object.fromEntries(changes.map(([field, values]) => [field, values[index] ?? null]))
      : null
  return {
    id: newId(),
    workspaceId: command.workspaceId,
    actorId: command.actorId,
    action: command.type,
    decision: each.kind === 'done' ? 'allowed' : denied ? 'denied' : 'refused',
    reason: each.kind === 'refused' ? each.refusal.code : null,
    targetKind: contractOf(command.type).target,
    targetId: command.targetId,
    before: side(0),
    after: side(1),
    commandId: command.id,
    workflowId: execution.workflowId,
    requestId: command.requestId,
    ip: command.ip,
  }
}

function outcomeOf(each: Fresh, news: Applied['news']): Outcome {
  const { id: commandId, actorId } = each.command
  if (each.kind === 'refused') {
    const { code, message, details } = each.refusal
    return { status: 'refused', commandId, code, message, details }
  }
  const own = (events: readonly BoardEvent[]) =>
    events.findLast((event) => event.commandId === commandId && event.actorId === actorId)?.offset
  const offsets = news.flatMap(({ boardId, events }) => {
    const offset = own(events)
    return offset === undefined ? [] : [[boardId, offset] as const]
  })
  return {
    status: 'done',
    commandId,
    result: each.effect.result,
    offsets: Object.fromEntries(offsets),
  }
}

/** An instant with microseconds: those of one batch tell its order, in which a gesture is undone. */
const instant = (batch: Date, index: number): string =>
  batch.toISOString().replace('Z', `${String(index).padStart(3, '0')}Z`)

function outcomeRows(
  fresh: readonly Fresh[],
  outcomes: ReadonlyMap<Command, Outcome>,
  execution: Execution,
) {
  const now = new Date()
  return fresh.map((each, index) => ({
    ...outcomeRow(each, outcomes.get(each.command)!, execution),
    created_at: instant(now, index),
  }))
}

function outcomeRow(each: Fresh, outcome: Outcome, execution: Execution) {
  const { command } = each
  const events = each.kind === 'done' ? each.effect.events : []
  const cards = events.flatMap((event) => event.cardId ?? [])
  return {
    actor_id: command.actorId,
    command_id: command.id,
    workspace_id: command.workspaceId,
    type: command.type,
    body_hash: `\\x${bodyHash(command).toString('hex')}`,
    outcome,
    inverse: each.kind === 'done' ? each.effect.inverse : null,
    gesture_id: command.gestureId ?? null,
    summary: command.summary,
    board_ids: [...new Set([...command.boardIds, ...events.map((event) => event.boardId)])],
    card_ids: [...new Set([...command.cardIds, ...cards])],
    workflow_id: execution.workflowId,
    run_id: execution.runId,
  }
}

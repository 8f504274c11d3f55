import { expect } from 'vitest'
import {
  contractOf,
  refusalsOf,
  type ActionBody,
  type ActionResult,
  type ActionType,
} from '#core/contracts/actions.ts'
import type { Command, Outcome } from '#core/contracts/command.ts'
import { BoardEvent } from '#core/contracts/events.ts'
import { newId } from '#core/kernel/ids.ts'
import { isPassing } from '#core/platform/database-errors.ts'
import { makeLog } from '#core/platform/log.ts'
import { cardActionActivities, type Applied } from '#activities/actions/index.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import { aCommand, COMMAND_KEY } from './command.ts'
import { useDatabase } from './use-database.ts'

/** What an action answered, and what viewers of its boards were told. */
export interface Done<Type extends ActionType> {
  readonly commandId: string
  readonly result: ActionResult<Type>
  readonly offsets: Readonly<Record<string, number>>
  readonly events: readonly BoardEvent[]
}

export interface Refused {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>
}

const TRIES_MAX = 10

/** The product's handlers on a database of the file's own, run as the engine runs them. */
export function useActions() {
  const database = useDatabase()
  let applied: Applied[] = []

  const apply = async (commands: readonly Command[]): Promise<Applied[]> => {
    const committed: Applied[] = []
    const activities = cardActionActivities(
      {
        database: database('actions'),
        handlers: { ...kanban, ...projects },
        commandKey: COMMAND_KEY,
        recordAudit,
        announce: (each) => committed.push(each),
        log: makeLog('test', 'error'),
      },
      () => ({ workflowId: `card-actions/test/${newId()}`, runId: newId(), attempt: 1 }),
    )
    const batch = { workspaceId: commands[0]!.workspaceId, commands }
    for (let tries = 1; ; tries += 1) {
      try {
        await activities.applyBatch(batch)
        return committed
      } catch (error) {
        // The engine tries again what was over by itself, say a deadlock; so do tests.
        if (!isPassing(error) || tries === TRIES_MAX) throw error
      }
    }
  }

  /** Commands of one batch, each with what became of it. */
  async function together(commands: readonly Command[]): Promise<Outcome[]> {
    applied = await apply(commands)
    const answers = applied.flatMap((each) => each.answers)
    return commands.map((command) => {
      const { outcome } = answers.find((answer) => answer.command.id === command.id)!
      checkContract(command, outcome)
      return outcome
    })
  }

  /** A command as the API would accept it by now. */
  async function command<Type extends ActionType>(
    actorId: string,
    type: Type,
    targetId: string,
    body: ActionBody<Type>,
    more: Partial<Command> = {},
  ): Promise<Command> {
    contractOf(type).body.parse(body)
    return await aCommand(database(), actorId, type, targetId, body, more)
  }

  async function ask<Type extends ActionType>(
    ...asked: Parameters<typeof command<Type>>
  ): Promise<Outcome> {
    const [outcome] = await together([await command(...asked)])
    return outcome!
  }

  /** Does an action; fails the test when it is refused. */
  async function act<Type extends ActionType>(
    ...asked: Parameters<typeof ask<Type>>
  ): Promise<Done<Type>> {
    const outcome = await ask(...asked)
    if (outcome.status === 'refused') throw new Error(`${outcome.code}: ${outcome.message}`)
    const { commandId, result, offsets } = outcome
    return { commandId, result: result as ActionResult<Type>, offsets, events: eventsOf(applied) }
  }

  /** What an action is refused with; fails the test when it is done. */
  async function refusal<Type extends ActionType>(
    ...asked: Parameters<typeof ask<Type>>
  ): Promise<Refused> {
    const outcome = await ask(...asked)
    if (outcome.status === 'done') throw new Error(`${asked[1]} was done.`)
    return { code: outcome.code, details: outcome.details }
  }

  const undo = (actorId: string, commandId: string) =>
    act(actorId, 'undo', commandId, { commandId })
  const undoRefusal = (actorId: string, commandId: string) =>
    refusal(actorId, 'undo', commandId, { commandId })

  return {
    database,
    act,
    refusal,
    undo,
    undoRefusal,
    together,
    command,
    /** What the last of them told. */
    applied: () => applied,
  }
}
/** Every answer and every event has the form that is published for it. */
function checkContract(command: Command, outcome: Outcome): void {
  const contract = contractOf(command.type)
  if (outcome.status === 'done') {
    contract.result.parse(outcome.result)
    return
  }
  const told = [...refusalsOf(command.type), 'internal']
  expect(told, `what ${command.type} may be refused with`).toContain(outcome.code)
}

/** The events of a batch, in order per board, checked against their contract. */
function eventsOf(applied: readonly Applied[]): BoardEvent[] {
  return applied.flatMap(({ news }) =>
    news.flatMap(({ events }) => events.map((event) => BoardEvent.parse(event))),
  )
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from '#core/contracts/command.ts'
import { BATCH_COMMANDS_MAX } from '#core/kernel/limits.ts'
import { aCommand } from '#tests/support/command.ts'
import type { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { AUTOMATION_STORIES } from './automation-stories.ts'
import { SCHEDULE_STORIES, TRY_STORIES } from './beside-runs-stories.ts'

export type Engine = Awaited<ReturnType<typeof anEngine>>
/** Has something happen; answers the id of the workflow that tells of it. */
export type Story = (it: Engine) => Promise<string>

/** Longer than a statement may wait, so that the batch is given up and tried again. */
const HELD_MS = 4_000
const LOOK_EVERY_MS = 100

/** What is recorded of each workflow, by the name of its type. */
export const STORIES: Readonly<Record<string, Readonly<Record<string, Story>>>> = {
  cardActions: {
    async 'single-move'(it) {
      const board = await aBoard(it.database)
      return await done(it, await aMove(it, board, await aCard(it.database, board)))
    },

    async 'full-batch'(it) {
      const board = await aBoard(it.database)
      const ahead = await aMove(it, board, await aCard(it.database, board))
      const together: Command[] = []
      for (let count = 0; count < BATCH_COMMANDS_MAX; count += 1) {
        together.push(await aMove(it, board, await aCard(it.database, board)))
      }
      // The first one goes at once; those that come while it is under way go together.
      await Promise.all([ahead, ...together].map((command) => done(it, command)))
      return await workflowOf(it, together[0]!)
    },

    async refused(it) {
      const board = await aBoard(it.database)
      const archived = { row: { archived_at: new Date() } }
      return await done(it, await aMove(it, board, await aCard(it.database, board, archived)))
    },

    async 'retried-after-a-passing-error'(it) {
      const board = await aBoard(it.database)
      const move = await aMove(it, board, await aCard(it.database, board))
      const holder = await it.database.transaction()
      await holder('boards').where({ id: board.boardId }).forUpdate()
      const moving = done(it, move)
      await sleep(HELD_MS)
      await holder.rollback()
      return await moving
    },
  },
  runAutomation: AUTOMATION_STORIES,
  tryAutomation: TRY_STORIES,
  startScheduled: SCHEDULE_STORIES,
}

const aMove = (it: Engine, board: SomeBoard, cardId: string) =>
  aCommand(it.database, board.ownerId, 'card.move', cardId, { columnId: board.columns['Done']! })

/** Waits until the command has its outcome, done or refused, however late; answers its workflow. */
async function done(it: Engine, command: Command): Promise<string> {
  const { actorId, id } = command
  let answer = await it.engine.submit(command, 'outcome')
  while (answer === 'queued') {
    await sleep(LOOK_EVERY_MS)
    answer = (await it.engine.find(actorId, id)) ?? 'queued'
  }
  return await workflowOf(it, command)
}

async function workflowOf({ database }: Engine, { id }: Command): Promise<string> {
  const row = await database('outcomes').where({ command_id: id }).first()
  return row.workflow_id
}

import { cardActionActivities } from '#activities/actions/index.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { aCommand, COMMAND_KEY } from '#tests/support/command.ts'
import type { Place } from './benches/identity.ts'
import { atLeastTimes, row, type Row } from './row.ts'
import { median } from './summary.ts'

const ROUNDS = 60
const BATCHES_PER_ROUND = 15
const MOVES_PER_BATCH = 8
const MOVES_PER_ROUND = BATCHES_PER_ROUND * MOVES_PER_BATCH

type Side = 'ours' | 'floor'

/** Card moves a second, straight in the database, with their audit lines and without. */
export async function auditedMoves({ owner, actions, board }: Place): Promise<Row> {
  const log = makeLog('bench', 'error')
  const tools = { handlers: { ...kanban, ...projects }, commandKey: COMMAND_KEY, log }
  const sideOf = (record: typeof recordAudit) =>
    cardActionActivities(
      { ...tools, database: actions, recordAudit: record, announce: () => {} },
      () => ({ workflowId: newId(), runId: newId(), attempt: 1 }),
    )
  const sides = { ours: sideOf(recordAudit), floor: sideOf(async () => {}) }
  const roundsMs: Record<Side, number[]> = { ours: [], floor: [] }
  for (let round = -1; round < ROUNDS; round += 1) {
    const order: Side[] = round % 2 === 0 ? ['ours', 'floor'] : ['floor', 'ours']
    for (const side of order) {
      const batches = await manyBatches({ owner, board })
      const startedMs = performance.now()
      for (const batch of batches) await sides[side].applyBatch(batch)
      if (round >= 0) roundsMs[side].push(performance.now() - startedMs)
    }
  }
  // A checkpoint of Postgres falls into a round of either side.
  const rate = (side: Side) => MOVES_PER_ROUND / (median(roundsMs[side]) / 1_000)
  const figures = { ours: rate('ours'), floor: rate('floor') }
  return row('audited card moves, moves/s', figures, atLeastTimes(0.9))
}

async function manyBatches({ owner, board }: Pick<Place, 'owner' | 'board'>) {
  const columnIds = Object.values(board.columns)
  const pick = <Of>(of: readonly Of[]) => of[Math.floor(Math.random() * of.length)]!
  const aMove = () =>
    aCommand(owner, board.ownerId, 'card.move', pick(board.cardIds), { columnId: pick(columnIds) })
  const batches = []
  for (let made = 0; made < BATCHES_PER_ROUND; made += 1) {
    const commands = await Promise.all(Array.from({ length: MOVES_PER_BATCH }, aMove))
    batches.push({ workspaceId: board.workspaceId, commands })
  }
  return batches
}

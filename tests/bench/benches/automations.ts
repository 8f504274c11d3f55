import type { Knex } from 'knex'
import { say } from '#tests/support/flows/a-flow.ts'
import { waitFor } from '../crowd.ts'
import { aFlowInAction, sendPaced, type Sender } from '../flows.ts'
import { fiveSteps, flowSides, type Ended } from '../flow-sides.ts'
import { drivePaced, type Mover } from '../movers.ts'
import { atMost, atMostTimes, row, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { summarise } from '../summary.ts'
import { waitingRuns, RUNS } from '../waiting-runs.ts'
import { someBoards, tokenFor, withDatabase, type FullBoard } from '../world.ts'

const CARDS = 300
const EVENTS = { count: 120, everyMs: 100 }
const WARM_UP_EVENTS = 40
const ROUNDS = 30
const WARM_UP_ROUNDS = 5
/** What people do on a board while runs wait and act. */
const ACTIONS = { count: 480, everyMs: 50 }
const WARM_UP_ACTIONS = 20
/** Five steps each. */
const ACTING_RUNS = { count: 48, everyMs: 500 }
const STARTED_LIMIT_MS = 30_000

/** What flows cost: from an event to the first step, by step, and for whoever works on the board. */
export async function automations(stage: Stage): Promise<Row[]> {
  return await withDatabase(stage.databaseUrl, async (database) => {
    const [board, other] = (await someBoards(database, 2, CARDS)) as [FullBoard, FullBoard]
    const token = await tokenFor(stage.environment['AUTH_KEY']!, board.ownerId)
    const moverOn = ({ cardIds, columns }: FullBoard): Mover => ({
      origin: stage.origin,
      token,
      cardIds,
      columnIds: Object.values(columns),
      moves: 0,
    })
    const sender = { origin: stage.origin, commandKey: stage.environment['COMMAND_KEY']! }
    return [
      await firstSteps(database, other, moverOn(other)),
      ...(await stepByStep(stage, database, board, sender)),
      ...(await besidePeople(stage, database, board, { sender, mover: moverOn(board) })),
    ]
  })
}

/** From the event's row, written a moment before it is committed, to the first step's begin. */
async function firstSteps(database: Knex, board: FullBoard, mover: Mover): Promise<Row> {
  const flowId = await aFlowInAction(database, board, { type: 'card.moved' }, [say('first')])
  const begun = () =>
    database('flow_steps as s')
      .join('flow_runs as r', 'r.id', 's.run_id')
      .join('board_events as e', (on) =>
        on.on('r.cause', '=', database.raw(`e.board_id || '/' || e.seq`)),
      )
      .where({ 's.flow_id': flowId, 's.step_id': 'first' })
      .select<{ event: Date; step: Date }[]>('e.created_at as event', 's.started_at as step')
  await drivePaced(mover, { ...EVENTS, count: WARM_UP_EVENTS, onSend: () => {} })
  await waitFor(begun, (rows) => rows.length === WARM_UP_EVENTS, STARTED_LIMIT_MS)
  await drivePaced(mover, { ...EVENTS, onSend: () => {} })
  const all = WARM_UP_EVENTS + EVENTS.count
  const rows = await waitFor(begun, (seen) => seen.length === all, STARTED_LIMIT_MS)
  await database('flows').where({ id: flowId }).update({ active: false })
  const inOrder = rows.toSorted((one, two) => one.event.getTime() - two.event.getTime())
  const ours = summarise(
    inOrder.slice(WARM_UP_EVENTS).map(({ event, step }) => step.getTime() - event.getTime()),
  )
  const figures = { ours: ours.p95, floor: null, times: { ours } }
  return row('event to first step at 10 events/s, p95 ms', figures, atMost(250))
}

async function stepByStep(
  stage: Stage,
  database: Knex,
  board: FullBoard,
  sender: Sender,
): Promise<Row[]> {
  const sides = await flowSides(stage, database, board, sender)
  const ended = { ours: [] as Ended[], floor: [] as Ended[] }
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const side of ['ours', 'floor'] as const) {
      const one = await sides[side]()
      if (round >= 0) ended[side].push(one)
    }
  }
  await sides.close()
  const of = (side: keyof typeof ended) => summarise(ended[side].map(({ tookMs }) => tookMs))
  const times = { ours: of('ours'), floor: of('floor') }
  const perStep = (side: keyof typeof ended) =>
    summarise(ended[side].map(({ events }) => events / sides.steps)).p50
  const figures = { ours: times.ours.p50, floor: times.floor.p50, times }
  const events = { ours: perStep('ours'), floor: perStep('floor') }
  return [
    row('a flow of 5 steps, p50 ms', figures, atMostTimes(1.5)),
    row('events in the history for each step', events, atMost(8)),
  ]
}

/** Moves of cards with no run under way, before and after, and beside runs on the same board. */
async function besidePeople(
  stage: Stage,
  database: Knex,
  board: FullBoard,
  { sender, mover }: { sender: Sender; mover: Mover },
): Promise<Row[]> {
  const moves = (count: number) => drivePaced(mover, { ...ACTIONS, count, onSend: () => {} })
  const move = async () => {
    await moves(WARM_UP_ACTIONS)
    return await moves(ACTIONS.count)
  }
  const acting = await fiveSteps(database, board)
  const idleMs = await move()
  const { acceptedMs, cancel } = await waitingRuns(stage, database, board, sender)
  const waitingMs = await move()
  const [actingMs] = await Promise.all([move(), sendPaced(sender, acting, ACTING_RUNS)])
  const cancelledMs = await cancel()
  idleMs.push(...(await move()))
  const floor = summarise(idleMs)
  const beside = (ms: readonly number[]) => {
    const ours = summarise(ms)
    return { ours: ours.p95, floor: floor.p95, times: { ours, floor } }
  }
  const accepted = summarise(acceptedMs)
  const cancelled = summarise(cancelledMs)
  const waiting = `card move beside ${RUNS.toLocaleString('en')} waiting runs`
  return [
    row(`${waiting}, p95 ms`, beside(waitingMs), atMostTimes(1.2)),
    row(`${waiting} and 10 steps/s, p95 ms`, beside(actingMs), atMostTimes(2)),
    row(
      'webhook kept and answered at 100/s, p95 ms',
      { ours: accepted.p95, floor: null, times: { ours: accepted } },
      atMost(100),
    ),
    row(
      'a run cancelled, p99 ms',
      { ours: cancelled.p99, floor: null, times: { ours: cancelled } },
      atMost(5_000),
    ),
  ]
}

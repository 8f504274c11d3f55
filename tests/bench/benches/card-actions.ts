import { setTimeout as sleep } from 'node:timers/promises'
import { drive, type Driven, type Mover } from '../movers.ts'
import { row, atLeastTimes, atMostTimes, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { median, summarise } from '../summary.ts'
import { theTwoSides, type Sides } from '../sides.ts'

const ROUNDS = 3
const ROUND_MS = 2_500
const WARM_UP_MS = 3_000
/** What a round leaves behind is done before the other side's begins. */
const PAUSE_MS = 300

type Side = keyof Sides

/** `clients` people over so many boards of one workspace, and how much faster we want to be. */
const CROWDS = [
  { clients: 8, faster: 2.5 },
  { clients: 16, faster: 4 },
  { clients: 64, faster: 6 },
]
const P95_REACH = atMostTimes(0.5)
const SPREADS = [
  { where: 'on one board', boards: 1 },
  { where: 'on 8 boards', boards: 8 },
]

/** Card moves over HTTP against one eager workflow per move, in alternating rounds. */
export async function cardActions(stage: Stage): Promise<Row[]> {
  const sides = await theTwoSides(stage)
  const warm = (side: Side) => drive(sides[side].crowd(16, 8), WARM_UP_MS)
  await warm('ours')
  await warm('floor')

  const rows = [alone(await compare(sides, (side) => side.crowd(1, 1)))]
  for (const { clients, faster } of CROWDS) {
    for (const { where, boards } of SPREADS) {
      const measured = await compare(sides, (side) => side.crowd(clients, boards))
      rows.push(...crowd(`${clients} clients ${where}`, measured, faster))
    }
  }
  rows.push(...apart(await compare(sides, (side) => side.oneInEach())))
  return rows
}

type Measured = Readonly<Record<Side, readonly Driven[]>>

async function compare(
  sides: Sides,
  moversOf: (side: Sides[Side]) => readonly Mover[],
): Promise<Measured> {
  const measured = { ours: [] as Driven[], floor: [] as Driven[] }
  const movers = { ours: moversOf(sides.ours), floor: moversOf(sides.floor) }
  for (let round = 0; round < ROUNDS; round += 1) {
    const order: Side[] = round % 2 === 0 ? ['ours', 'floor'] : ['floor', 'ours']
    for (const side of order) {
      measured[side].push(await drive(movers[side], ROUND_MS))
      await sleep(PAUSE_MS)
    }
  }
  return measured
}

function alone(measured: Measured): Row {
  const times = both(measured, (rounds) => summarise(allTimes(rounds)))
  const figures = { ours: times.ours.p50, floor: times.floor.p50, times }
  return row('card move alone, p50 ms', figures, atMostTimes(1.4))
}

function crowd(who: string, measured: Measured, faster: number): Row[] {
  const times = both(measured, (rounds) => summarise(allTimes(rounds)))
  return [
    row(`${who}, actions/s`, both(measured, perSecond), atLeastTimes(faster)),
    row(`${who}, p95 ms`, { ours: times.ours.p95, floor: times.floor.p95, times }, P95_REACH),
  ]
}

/** Nobody starves: the slowest client is set against the one in the middle, both ours. */
function apart(measured: Measured): Row[] {
  const who = 'one client in each of 16 workspaces'
  const times = both(measured, (rounds) => summarise(allTimes(rounds)))
  const each = timesOfEach(measured.ours).map((timesMs) => summarise(timesMs).p95)
  const slowest = { ours: Math.max(...each), floor: median(each) }
  return [
    row(`${who}, actions/s`, { ...both(measured, perSecond), times }, atLeastTimes(0.9)),
    row(`${who}, p95 ms of our slowest against our median`, slowest, atMostTimes(2)),
  ]
}

function both<Result>(measured: Measured, of: (rounds: readonly Driven[]) => Result) {
  return { ours: of(measured.ours), floor: of(measured.floor) }
}

const allTimes = (rounds: readonly Driven[]) => rounds.flatMap(({ timesMs }) => timesMs.flat())

/** The times of each client over all rounds. */
function timesOfEach(rounds: readonly Driven[]): number[][] {
  return rounds[0]!.timesMs.map((_, client) => rounds.flatMap(({ timesMs }) => timesMs[client]!))
}

function perSecond(rounds: readonly Driven[]): number {
  const elapsedMs = rounds.reduce((sum, round) => sum + round.elapsedMs, 0)
  return (allTimes(rounds).length / elapsedMs) * 1_000
}

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { dataConverter } from '#engine/data-converter.ts'
import { aCommand } from '../../support/command.ts'
import { makeTemplate } from '../../support/database.ts'
import { anEngine } from '../../support/engine.ts'
import { aBoard, aCard } from '../../support/fixtures.ts'
import { atMostTimes, row, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { summarise } from '../summary.ts'

const MOVES = 300
const WARM_UP_MOVES = 40
/** What a move leaves behind is done before the other side's begins. */
const PAUSE_MS = 15
const REACH = atMostTimes(1.1)

/** What sealing costs a card move: two engines on the same servers, taking turns. */
export async function sealedPayloads({ databaseUrl, environment }: Stage): Promise<Row[]> {
  await makeTemplate(databaseUrl)
  const where = {
    postgresUrl: databaseUrl,
    redisUrl: environment['REDIS_URL']!,
    temporalAddress: environment['TEMPORAL_ADDRESS']!,
  }
  const sides = [await aSide(where, true), await aSide(where, false)] as const
  const times = { ours: [] as number[], floor: [] as number[] }
  for (let move = -WARM_UP_MOVES; move < MOVES; move += 1) {
    const [sealed, plain] = [await sides[0].move(), await sides[1].move()]
    if (move < 0) continue
    times.ours.push(sealed)
    times.floor.push(plain)
  }
  for (const side of sides) await side.stop()
  const [ours, floor] = [summarise(times.ours), summarise(times.floor)]
  const figures = { ours: ours.p50, floor: floor.p50, times: { ours, floor } }
  return [row('card move with sealed payloads against plain, p50 ms', figures, REACH)]
}

type Where = Parameters<typeof anEngine>[0]

async function aSide(where: Where, SEAL_PAYLOADS: boolean) {
  const MASTER_KEY = randomBytes(32).toString('base64url')
  const it = await anEngine(where, dataConverter({ MASTER_KEY, SEAL_PAYLOADS }))
  const board = await aBoard(it.database)
  const cardId = await aCard(it.database, board)
  let to: 'Done' | 'To do' = 'To do'
  return {
    /** In milliseconds. */
    async move(): Promise<number> {
      to = to === 'Done' ? 'To do' : 'Done'
      const body = { columnId: board.columns[to]! }
      const command = await aCommand(it.database, board.ownerId, 'card.move', cardId, body)
      await sleep(PAUSE_MS)
      const startMs = performance.now()
      await it.engine.submit(command, 'outcome')
      return performance.now() - startMs
    },
    stop: it.stop,
  }
}

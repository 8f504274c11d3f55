import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Somebody who moves cards of their own, one move after the other. */
export type Mover = {
  origin: string
  /** What stands behind `Bearer`. */
  token: string
  cardIds: readonly string[]
  columnIds: readonly string[]
  /** How many moves were made so far, which says what the next one is. */
  moves: number
}

export type Driven = {
  /** Answer times of each mover, in milliseconds. */
  timesMs: readonly number[][]
  elapsedMs: number
}

const ANSWER_LIMIT_MS = 10_000

/** All movers move cards at the same time until `durationMs` is over. Throws at a failed move. */
export async function drive(movers: readonly Mover[], durationMs: number): Promise<Driven> {
  const agent = new Agent({ keepAlive: true, maxSockets: movers.length })
  const startedMs = performance.now()
  try {
    const timesMs = await Promise.all(
      movers.map(async (mover) => {
        const times: number[] = []
        while (performance.now() - startedMs < durationMs) times.push(await move(agent, mover))
        return times
      }),
    )
    return { timesMs, elapsedMs: performance.now() - startedMs }
  } finally {
    agent.destroy()
  }
}

/** Moves at an even pace, whatever the answers take; tells each move as it is sent. */
export async function drivePaced(
  mover: Mover,
  { count, everyMs, onSend }: { count: number; everyMs: number; onSend: (cardId: string) => void },
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true })
  const startedMs = performance.now()
  const answers: Promise<number>[] = []
  try {
    for (let sent = 0; sent < count; sent += 1) {
      await sleep(Math.max(0, startedMs + sent * everyMs - performance.now()))
      onSend(cardOf(mover))
      answers.push(move(agent, mover))
    }
    return await Promise.all(answers)
  } finally {
    agent.destroy()
  }
}

const cardOf = ({ cardIds, moves }: Mover) => cardIds[moves % cardIds.length]!

/** Moves the mover's next card to the column after the one it is in; answers how long it took. */
async function move(agent: Agent, mover: Mover): Promise<number> {
  const { origin, token, cardIds, columnIds, moves } = mover
  const cardId = cardOf(mover)
  mover.moves += 1
  const columnId = columnIds[(Math.floor(moves / cardIds.length) + 1) % columnIds.length]
  const body = JSON.stringify({ columnId })
  const startedMs = performance.now()
  await post(agent, new URL(`/api/v1/cards/${cardId}/move`, origin), token, body)
  return performance.now() - startedMs
}

/** The plain client of Node: the load must take as little of the machine as it can. */
function post(agent: Agent, url: URL, token: string, body: string): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers, timeout: ANSWER_LIMIT_MS })
    sent.once('timeout', () => sent.destroy(new Error(`${url.href} does not answer.`)))
    sent.once('error', reject)
    sent.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.once('error', reject).once('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`${url.href} answers ${response.statusCode}: ${text}`))
      })
    })
    sent.end(body)
  })
}

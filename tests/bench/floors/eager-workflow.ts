import { createServer, type IncomingMessage } from 'node:http'
import { fileURLToPath } from 'node:url'
import { Context } from '@temporalio/activity'
import { Client } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import pg from 'pg'
import type { eagerMove } from './eager-move.ts'
import { moveCard, type Move, type Moved } from './move-card.ts'

// The floor of card actions, as a process of its own: each move is one eager workflow with one
// local activity behind a bare HTTP server, answered when its transaction has committed. It runs
// the statements of a card move on tables of the same shape, prepared; there is no token, no
// validation, no batch.
const TASK_LIMIT_MS = 3_000
/** More connections than a local activity may use only wait for the board's lock. */
const CONNECTIONS_MAX = 16
const TASK_QUEUE = 'floor'
const PATH = /^\/api\/v1\/cards\/([\w-]{36})\/move$/

const { DATABASE_URL, TEMPORAL_ADDRESS, PORT } = process.env
if (!DATABASE_URL || !TEMPORAL_ADDRESS) throw new Error('Say DATABASE_URL and TEMPORAL_ADDRESS.')

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: CONNECTIONS_MAX })
const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS })
const client = new Client({ connection })
const committed = new Map<string, (moved: Moved) => void>()

const worker = await Worker.create({
  connection,
  taskQueue: TASK_QUEUE,
  workflowsPath: fileURLToPath(new URL('eager-move.ts', import.meta.url)),
  maxConcurrentLocalActivityExecutions: CONNECTIONS_MAX,
  activities: {
    async moveCard(move: Move): Promise<Moved> {
      const { workflowId } = Context.current().info.workflowExecution!
      const moved = await moveCard(pool, move, workflowId)
      committed.get(move.commandId)?.(moved)
      return moved
    },
  },
})

async function move(cardId: string, actorId: string, columnId: string): Promise<Moved> {
  const command = { commandId: crypto.randomUUID(), actorId, cardId, columnId }
  const { promise, resolve } = Promise.withResolvers<Moved>()
  committed.set(command.commandId, resolve)
  await client.workflow.start<typeof eagerMove>('eagerMove', {
    workflowId: `floor/${command.commandId}`,
    taskQueue: TASK_QUEUE,
    args: [command],
    requestEagerStart: true,
    workflowTaskTimeout: TASK_LIMIT_MS,
  })
  return await promise.finally(() => committed.delete(command.commandId))
}

async function answer(request: IncomingMessage): Promise<Moved> {
  const [, cardId] = PATH.exec(request.url ?? '') ?? []
  const actorId = request.headers.authorization?.slice('Bearer '.length)
  if (!cardId || !actorId) throw new Error('Ask for a card to be moved, and say who asks.')
  const body = Buffer.concat(await Array.fromAsync<Buffer>(request)).toString()
  return await move(cardId, actorId, (JSON.parse(body) as { columnId: string }).columnId)
}

const server = createServer((request, response) => {
  if (request.url === '/ready') return void response.end('ready')
  answer(request).then(
    (moved) => response.setHeader('content-type', 'application/json').end(JSON.stringify(moved)),
    (error: Error) => response.writeHead(500).end(error.message),
  )
})

const running = worker.run()
server.listen(Number(PORT), '127.0.0.1')

process.once('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  worker.shutdown()
  void running.then(() => process.exit(0))
})

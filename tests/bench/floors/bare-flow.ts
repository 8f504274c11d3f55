import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { NativeConnection, Worker } from '@temporalio/worker'
import pg from 'pg'

// The floor of flows, as a process of its own: a bare workflow with a regular activity for each
// step, which keeps one row in one statement; there is no interpreter, no permission, no audit.
const CONNECTIONS_MAX = 8

const { DATABASE_URL, TEMPORAL_ADDRESS, PORT, TASK_QUEUE } = process.env
if (!DATABASE_URL || !TEMPORAL_ADDRESS || !TASK_QUEUE) {
  throw new Error('Say DATABASE_URL, TEMPORAL_ADDRESS and TASK_QUEUE.')
}

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: CONNECTIONS_MAX })
await pool.query('create table if not exists rows_kept (text text not null, at timestamptz)')
const connection = await NativeConnection.connect({ address: TEMPORAL_ADDRESS })
const worker = await Worker.create({
  connection,
  taskQueue: TASK_QUEUE,
  workflowsPath: fileURLToPath(new URL('bare-steps.ts', import.meta.url)),
  maxConcurrentActivityTaskExecutions: CONNECTIONS_MAX,
  activities: {
    async keepRow(text: string): Promise<void> {
      await pool.query('insert into rows_kept values ($1, now())', [text])
    },
  },
})
const running = worker.run()
const server = createServer((_, response) => response.end('ready'))
server.listen(Number(PORT), '127.0.0.1')

process.once('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  worker.shutdown()
  void running.then(() => process.exit(0))
})

import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { KoaAdapter } from '@bull-board/koa'
import { Queue } from 'bullmq'
import type Koa from 'koa'
import { QUEUE_NAMES } from '#activities/queues.ts'
import { within } from '#core/kernel/within.ts'
import type { Config } from '#core/platform/config.ts'
import { openQueueRedis } from '#core/platform/redis.ts'
import { boxedPolicy, hostOf } from './boxed-policy.ts'
import { QUEUES_PATH } from './paths.ts'

/** BullMQ waits for Redis as long as it takes; who looks at a page does not. */
const PAGE_LIMIT_MS = 5_000
const CLOSE_LIMIT_MS = 2_000

export interface QueuesBoard {
  /** Serves everything below /admin/queues. Who may see it is decided before. */
  readonly show: Koa.Middleware
  close(): Promise<void>
}

/**
 * Bull Board over the product's queues, to look at: they serve every workspace, so an owner of one
 * may not stop or empty them. What failed comes again from the outbox by itself.
 */
export function openQueuesBoard(config: Pick<Config, 'REDIS_URL' | 'REDIS_PREFIX'>): QueuesBoard {
  const connection = openQueueRedis(config.REDIS_URL)
  const queues = QUEUE_NAMES.map((name) =>
    new Queue(name, { connection, prefix: config.REDIS_PREFIX }).on('error', () => {}),
  )
  const serverAdapter = new KoaAdapter().setBasePath(QUEUES_PATH)
  const shown = queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true }))
  createBullBoard({ queues: shown, serverAdapter })
  const board = serverAdapter.registerPlugin()
  return {
    show: (ctx, next) => policy(ctx, async () => await within(board(ctx, next), PAGE_LIMIT_MS)),
    async close() {
      const closed = Promise.all(queues.map((queue) => queue.close()))
      // A queue whose Redis is away would wait for it; its connection is cut below.
      await within(closed, CLOSE_LIMIT_MS).catch(() => {})
      connection.disconnect()
    },
  }
}

/** Bull Board's page names its own base address and styles itself inline. */
const policy: Koa.Middleware = async (ctx, next) => {
  const below = `${hostOf(ctx)}${QUEUES_PATH}/`
  const box = { asks: [`${QUEUES_PATH}/`], scripts: `${below}static/`, base: below }
  ctx.set('content-security-policy', boxedPolicy(ctx, box))
  await next()
}

import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { Redis } from 'ioredis'
import { announcer } from '#activities/actions/announce.ts'
import { cardActionActivities } from '#activities/actions/index.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import { keepDueTexts } from '#activities/texts/keep-texts.ts'
import { Packer } from '#activities/texts/packer.ts'
import type { ActionBody } from '#core/contracts/actions.ts'
import { newId } from '#core/kernel/ids.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { aCommand, COMMAND_KEY } from '#tests/support/command.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { fuzzedNode, type FuzzedNode } from './fuzzed-node.ts'

type Edit = ActionBody<'card.edit'>

const log = makeLog('fuzz', 'error')
const NODES = 2
const CONNECTIONS_MAX = 5
const STATEMENT_LIMIT_MS = 5_000

/** What all stories share: two processes of collab that can be cut off, and what is behind them. */
export interface World {
  readonly nodes: readonly FuzzedNode[]
  /** As the owner; nothing between here and Postgres fails. */
  readonly database: Knex
  /** Does an action on a card as the engine does, or not where it is refused. */
  act(actorId: string, type: 'card.edit', cardId: string, body: Edit): Promise<void>
  /** Packs and tells what is due, as the worker does. */
  keepTexts(): Promise<void>
  tokenOf(userId: string, lifeS?: number): Promise<string>
  close(): Promise<void>
}

export async function aWorld(postgresUrl: string, redisUrl: string): Promise<World> {
  const fresh = await freshDatabase(postgresUrl)
  const authKey = randomBytes(32).toString('base64url')
  const keys = tokenKeys(authKey)
  const prefix = `fuzz-${newId()}`
  const settings = {
    HOST: '127.0.0.1',
    COLLAB_PORT: 0,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: prefix,
    AUTH_KEY: authKey,
  }
  const nodes = await Promise.all(
    Array.from({ length: NODES }, () => fuzzedNode(fresh.urlOf('collab'), settings)),
  )
  const [database, worker, actions] = [
    fresh.url,
    fresh.urlOf('worker'),
    fresh.urlOf('actions'),
  ].map(pool) as [Knex, Knex, Knex]
  const redis = new Redis(redisUrl)
  const packer = new Packer()
  const { applyBatch } = cardActionActivities(
    {
      database: actions,
      handlers: { ...kanban, ...projects },
      commandKey: COMMAND_KEY,
      recordAudit,
      announce: announcer(redis, prefix, log),
      log,
    },
    () => ({ workflowId: `card-actions/fuzz/${newId()}`, runId: newId(), attempt: 1 }),
  )
  return {
    nodes,
    database,
    tokenOf: (userId, lifeS) => signToken(keys, 'api', userId, lifeS),
    async act(...asked) {
      const command = await aCommand(database, ...asked)
      await applyBatch({ workspaceId: command.workspaceId, commands: [command] })
    },
    async keepTexts() {
      await keepDueTexts({ database: worker, log }, packer)
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()))
      await packer.close()
      redis.disconnect()
      await Promise.all([database, worker, actions].map((pool) => pool.destroy()))
      await fresh.drop()
    },
  }
}

const pool = (url: string) =>
  openDatabase({
    url,
    name: 'fuzz',
    connectionsMax: CONNECTIONS_MAX,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })

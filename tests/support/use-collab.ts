import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { startCollab, type Collab, type CollabSettings } from '#collab/collab.ts'
import { freshDatabase, type LoginName } from './database.ts'
import { aWriter, type TestWriter } from './writer.ts'
import type * as Y from 'yjs'

const AUTH_KEY = randomBytes(32).toString('base64url')
const keys = tokenKeys(AUTH_KEY)
const log = makeLog('collab-test', 'silent')
const CONNECTIONS_MAX = 5
const STATEMENT_LIMIT_MS = 3_000

interface Visit {
  readonly node?: Pick<Collab, 'port'>
  readonly doc?: Y.Doc
  readonly name?: string
}

/** Collab on a database of its own, and people who write: all gone after the last test of a file. */
export interface CollabUnderTest {
  readonly url: () => string
  readonly settings: (wishes?: Partial<CollabSettings>) => CollabSettings
  /** As the owner, or as a process logs in. */
  readonly database: (login?: LoginName) => Knex
  readonly collab: () => Collab
  /** One more process; whoever starts it stops it. */
  readonly anotherNode: (wishes?: Partial<CollabSettings>) => Promise<Collab>
  readonly write: (userId: string, cardId: string, visit?: Visit) => Promise<TestWriter>
  readonly tokenOf: (userId: string, lifeS?: number, sessionId?: string) => Promise<string>
}

export function useCollab(): CollabUnderTest {
  const prefix = `collab-${newId()}`
  const writers: TestWriter[] = []
  const pools = new Map<string, Knex>()
  let fresh: Awaited<ReturnType<typeof freshDatabase>>
  let collab: Collab

  const database = (login?: LoginName) => {
    const url = login ? fresh.urlOf(login) : fresh.url
    const pool = pools.get(url) ?? openPool(url)
    pools.set(url, pool)
    return pool
  }
  const settings = (wishes: Partial<CollabSettings> = {}) => ({
    HOST: '127.0.0.1',
    COLLAB_PORT: 0,
    REDIS_URL: inject('redisUrl'),
    REDIS_PREFIX: prefix,
    AUTH_KEY,
    ...wishes,
  })
  const anotherNode = (wishes?: Partial<CollabSettings>) =>
    startCollab(settings(wishes), database('collab'), log)

  beforeAll(async () => {
    fresh = await freshDatabase()
    collab = await anotherNode()
  })
  afterEach(() => {
    for (const writer of writers.splice(0)) writer.leave()
  })
  afterAll(async () => {
    await collab.stop()
    await Promise.all(Array.from(pools.values(), (pool) => pool.destroy()))
    await fresh.drop()
  })

  const tokenOf = (userId: string, lifeS?: number, sessionId?: string) =>
    signToken(keys, 'api', userId, lifeS, sessionId)
  return {
    url: () => fresh.urlOf('collab'),
    settings,
    database,
    collab: () => collab,
    anotherNode,
    tokenOf,
    async write(userId, cardId, { node = collab, ...visit } = {}) {
      const writer = aWriter(node.port, cardId, await tokenOf(userId), visit)
      writers.push(writer)
      return writer
    },
  }
}

const openPool = (url: string) =>
  openDatabase({
    url,
    name: 'test',
    connectionsMax: CONNECTIONS_MAX,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })

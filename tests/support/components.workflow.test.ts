import { Client, Connection } from '@temporalio/client'
import { SearchAttributeType, TypedSearchAttributes } from '@temporalio/common'
import { Redis } from 'ioredis'
import pg from 'pg'
import { expect, inject, test } from 'vitest'
import { freshDatabase } from './database.ts'

test('a fresh database has the migrated tables, and is gone after its drop', async () => {
  const { url, drop } = await freshDatabase()
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query("SELECT to_regclass('cards') AS cards")
  await client.end()
  expect(rows).toEqual([{ cards: 'cards' }])

  await drop()
  const late = new pg.Client(url)
  await expect(late.connect()).rejects.toThrow('does not exist')
})

test('Redis keeps what it is given and throws nothing away', async () => {
  const redis = new Redis(inject('redisUrl'))
  expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
  expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes'])
  redis.disconnect()
})

test('Temporal knows our search attributes and keeps histories for 30 days', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') })
  const workspace = { name: 'WorkspaceId', type: SearchAttributeType.KEYWORD } as const
  const cards = { name: 'CardIds', type: SearchAttributeType.KEYWORD_LIST } as const
  const handle = await new Client({ connection }).workflow.start('nobody-runs-this', {
    taskQueue: 'nobody-polls-this',
    workflowId: 'search-attributes',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: workspace, value: 'w' },
      { key: cards, value: ['a', 'b'] },
    ]),
  })
  const { typedSearchAttributes } = await handle.describe()
  expect(typedSearchAttributes.get(cards)).toEqual(['a', 'b'])
  await handle.terminate()

  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' })
  expect(config?.workflowExecutionRetentionTtl?.seconds?.toNumber()).toBe(30 * 24 * 3_600)
  await connection.close()
})

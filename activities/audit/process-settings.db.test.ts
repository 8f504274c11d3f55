import { expect, test } from 'vitest'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { readConfig } from '#core/platform/config.ts'
import { aKey } from '#tests/support/a-key.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { recordSettings } from './process-settings.ts'

const database = useDatabase()
const SETTINGS = {
  REDIS_URL: 'redis://:sesame@127.0.0.1:6379',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  AUTH_KEY: aKey(),
  COMMAND_KEY: aKey(),
  MASTER_KEY: aKey(),
  AUDIT_KEY: aKey(),
}

const start = async (more: Record<string, string> = {}) =>
  await writeAs(database('worker'), THE_HOUSE, (trx) =>
    recordSettings(trx, 'worker', readConfig({ ...SETTINGS, ...more })),
  )
const lines = async () => await database()('audit_log').orderBy('id')

test('ASVS line 47: a process that starts with other settings writes down which', async () => {
  await start()
  await start()
  await start({ READS_PER_HOUR_MAX: '50' })

  const [first, changed, ...more] = await lines()
  expect(more).toEqual([])
  expect(first).toMatchObject({ action: 'config.change', workspace_id: null, before: null })
  expect(first.after).toMatchObject({ process: 'worker', READS_PER_HOUR_MAX: '1000' })
  expect(changed.before).toEqual({
    process: 'worker',
    digest: first.after.digest,
    READS_PER_HOUR_MAX: '1000',
  })
  expect(changed.after).toEqual({
    process: 'worker',
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    READS_PER_HOUR_MAX: '50',
  })
})

test('that a secret was changed is told, and the secret is not', async () => {
  await start()
  await start({ REDIS_URL: 'redis://:open@127.0.0.1:6379' })

  const last = (await lines()).at(-1)
  expect(last.after).toMatchObject({ REDIS_URL: expect.stringMatching(/^secret [0-9a-f]{16}$/) })
  expect(last.before.REDIS_URL).not.toBe(last.after.REDIS_URL)
  const kept = JSON.stringify([await lines(), await database()('process_settings')])
  for (const secret of [
    'sesame',
    ...Object.entries(SETTINGS)
      .filter(([name]) => name.endsWith('_KEY'))
      .map(([, key]) => key),
  ]) {
    expect(kept).not.toContain(secret)
  }
})

test('an API that starts writes them too', async () => {
  const config = readConfig(SETTINGS)
  await database('api').transaction((trx) => recordSettings(trx, 'api', config))
  expect((await lines()).at(-1).after).toMatchObject({ process: 'api' })
})

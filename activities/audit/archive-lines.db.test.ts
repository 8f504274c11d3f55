import { beforeEach, expect, test } from 'vitest'
import { readKeyring } from '#core/platform/keyring.ts'
import { aKey } from '#tests/support/a-key.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { archiveLines } from './archive-lines.ts'
import { postgresSink } from './sinks/postgres-sink.ts'
import { sealWhenOver } from '#tests/support/audit/seal-when-over.ts'
import { someLines } from '#tests/support/audit/some-lines.ts'
import { verifyAudit } from './verify.ts'

const database = useDatabase()
const keyring = readKeyring(aKey())
const DAY_MS = 24 * 3_600 * 1_000

const worker = () => database('worker')
const sink = () => postgresSink(worker())
const findings = async () => (await verifyAudit(worker(), sink(), keyring)).findings
const archiveIn = (days: number) =>
  archiveLines(worker(), sink(), keyring, Date.now() + days * DAY_MS)

beforeEach(async () => {
  const workspace = await aWorkspace(database())
  await someLines(database(), workspace, 4)
  await sealWhenOver(worker(), keyring)
})

test('lines stay for 90 days, then they are in the sink, and all is still as it was sealed', async () => {
  const before = await database()('audit_log').orderBy('id')
  expect(await archiveIn(89)).toBe(0)
  expect(await archiveIn(91)).toBe(before.length)
  expect(await database()('audit_log')).toEqual([])
  expect(await archiveIn(91)).toBe(0)
  expect(await findings()).toEqual([])
  const kept = await sink().readLines('seals-1-1')
  expect(kept.map((line) => JSON.parse(line).id)).toEqual(before.map(({ id }) => id).slice(0, 4))
})

test('what is changed in the archive, or taken from it, is found', async () => {
  await archiveIn(91)
  const [{ name, packed }] = await database()('audit_archived_lines').orderBy('archived_at', 'desc')
  const found = `The archive of ${name}`

  await database()('audit_archived_lines').where({ name }).delete()
  expect(await findings()).toEqual([`${found} is gone from the sink.`])
  await sink().putLines(name, ['{}'])
  expect(await findings()).toEqual([`${found} has other lines than were put there.`])
  await database()('audit_archived_lines').where({ name }).update({ packed })
  expect(await findings()).toEqual([])
})

test('a sink that is away keeps the lines where they are', async () => {
  const away = { ...sink(), putLines: () => Promise.reject(new Error('away')) }
  const inALongTimeMs = Date.now() + 91 * DAY_MS
  await expect(archiveLines(worker(), away, keyring, inALongTimeMs)).rejects.toThrow('away')
  expect(await database()('audit_log')).toHaveLength(4)
  expect(await findings()).toEqual([])
})

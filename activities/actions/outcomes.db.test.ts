import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { storedOutcomes } from './outcomes.ts'

test('outcomes are found by key, even by a plan that was made while there were none', async () => {
  const { url, drop } = await freshDatabase()
  const settings = { url, name: 'test', connectionsMax: 1, statementLimitMs: 3_000 }
  const database = openDatabase({ ...settings, prepares: true })
  try {
    await database.raw('analyze outcomes')
    const commands = Array.from({ length: 3 }, () => ({ actorId: newId(), id: newId() }))
    const scans = await database.transaction(async (trx) => {
      await storedOutcomes(trx, commands)
      return await trx('pg_stat_xact_user_tables')
        .where({ relname: 'outcomes' })
        .first('seq_scan', 'idx_scan')
    })
    expect(scans).toEqual({ seq_scan: 0, idx_scan: 3 })
  } finally {
    await database.destroy()
    await drop()
  }
})

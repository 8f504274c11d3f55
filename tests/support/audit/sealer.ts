import { openDatabase } from '#core/platform/database.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { sealLines } from '#activities/audit/seal-lines.ts'

/** Seals for as long as it lives; for tests that end it at any moment. */
const { WORKER_DATABASE_URL, AUDIT_KEY } = process.env
const database = openDatabase({
  url: WORKER_DATABASE_URL!,
  name: 'sealer',
  connectionsMax: 1,
  statementLimitMs: 3_000,
})
await database.raw('select 1')
process.stdout.write('ready\n')
for (;;) await sealLines(database, readKeyring(AUDIT_KEY!))

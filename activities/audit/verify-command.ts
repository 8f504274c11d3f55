import { readConfig } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { loginUrl } from '#core/platform/login.ts'
import { openSink } from './sinks/open-sink.ts'
import { verifyAudit } from './verify.ts'

const STATEMENT_LIMIT_MS = 60_000

/** `npm run audit:verify`: says what is not as it was sealed, and ends with 1 when anything is not. */
const config = readConfig()
const database = openDatabase({
  url: loginUrl(config, 'WORKER_DATABASE_URL'),
  name: 'projectflow-audit-verify',
  connectionsMax: 1,
  statementLimitMs: STATEMENT_LIMIT_MS,
})
const sink = openSink(database, config)
try {
  const verdict = await verifyAudit(database, sink, readKeyring(config.AUDIT_KEY))
  const { seals, lines, unsealed, findings } = verdict
  const said = [
    ...findings,
    `${lines} lines in ${seals} seals, ${unsealed} lines not sealed yet.`,
    findings.length === 0 ? 'All is as it was sealed.' : `${findings.length} findings.`,
  ]
  process.stdout.write(`${said.join('\n')}\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
} finally {
  await sink.close()
  await database.destroy()
}

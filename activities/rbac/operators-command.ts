import type { Knex } from 'knex'
import { readConfig } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { loginUrl } from '#core/platform/login.ts'
import { addOperator, operatorEmails, removeOperator } from './operators.ts'

const STATEMENT_LIMIT_MS = 10_000
const USAGE = 'usage: npm run operators -- add EMAIL | remove EMAIL | list'
const CHANGES = new Map([
  ['add', addOperator],
  ['remove', removeOperator],
])

/** `npm run operators`: says who runs the installation, and changes it as the owner of the database. */
async function run(database: Knex, verb = '', email = ''): Promise<string> {
  if (verb === 'list') return (await operatorEmails(database)).join('\n') || 'There are none.'
  const change = CHANGES.get(verb)
  if (!change || !email) throw new Error(USAGE)
  if (!(await change(database, email))) return 'That is so already.'
  makeLog('operators', 'info').info({ email }, `operator.${verb}`)
  return 'Done.'
}

const config = readConfig()
const database = openDatabase({
  url: loginUrl(config, 'DATABASE_URL'),
  name: 'projectflow-operators',
  connectionsMax: 1,
  statementLimitMs: STATEMENT_LIMIT_MS,
})
try {
  process.stdout.write(`${await run(database, ...process.argv.slice(2))}\n`)
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  await database.destroy()
}

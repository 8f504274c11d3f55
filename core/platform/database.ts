import knex, { type Knex } from 'knex'
import pg from 'pg'
import { endWhenSilent } from './end-when-silent.ts'
import { prepareStatements } from './prepared-statements.ts'
import { quickTransactions } from './quick-transactions.ts'
import { sendTogether } from './send-together.ts'

/** bigint columns here are counters far below 2^53, so they are read as numbers. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
/** A date has no time zone; the driver's Date would give it one. */
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)

const CONNECT_LIMIT_MS = 3_000
const ACQUIRE_LIMIT_MS = 5_000

/** A setting of pg that knex hands on without knowing it. */
const PIPELINED: object = { pipeline: true }
/**
 * Else the server plans what takes an array of ids anew each time: 0.4 ms per card action. A plan
 * that is kept must not read whole tables: it may be of a moment when there was nothing in them.
 */
const PLANNED_ONCE = { options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off' }

/** Of broken connections, say. Else knex writes it between the lines of the log. */
function warnPlainly(message: unknown): void {
  process.emitWarning(String(message), 'DatabaseWarning')
}

/** A row's values as they come from raw SQL. */
export type Row = Record<string, unknown>

export interface DatabaseSettings {
  readonly url: string
  /** Shown in pg_stat_activity. */
  readonly name: string
  readonly connectionsMax: number
  /** No statement runs longer; the server ends it with 57014, or else its connection is ended. */
  readonly statementLimitMs: number
  /** Plans each statement once per connection; for pools whose statements find rows by key. */
  readonly prepares?: boolean
}

/**
 * A pool of connections. What is asked together on one of them, in a transaction, is sent together
 * and done in turn, instead of each waiting for the answer before. Whoever opens it ends it with
 * `destroy()`.
 */
export function openDatabase(settings: DatabaseSettings): Knex {
  const database = knex({
    client: 'pg',
    connection: {
      ...PIPELINED,
      ...(settings.prepares && PLANNED_ONCE),
      connectionString: settings.url,
      application_name: settings.name,
      statement_timeout: settings.statementLimitMs,
      idle_in_transaction_session_timeout: settings.statementLimitMs * 2,
      connectionTimeoutMillis: CONNECT_LIMIT_MS,
      keepAlive: true,
    },
    pool: {
      min: 0,
      max: settings.connectionsMax,
      afterCreate(connection: pg.Client, done: (error: null, connection: pg.Client) => void) {
        sendTogether(connection)
        endWhenSilent(connection, settings.statementLimitMs)
        if (settings.prepares) prepareStatements(connection)
        done(null, connection)
      },
    },
    acquireConnectionTimeout: ACQUIRE_LIMIT_MS,
    log: { warn: warnPlainly },
  })
  quickTransactions(database)
  return database
}

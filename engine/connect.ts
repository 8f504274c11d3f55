import { Client } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { within } from '#core/kernel/within.ts'
import { makeLog } from '#core/platform/log.ts'

const CONNECT_LIMIT_MS = 10_000

/** What the SDK tells of failed activities goes through our log, which leaves values out. */
const log = makeLog('temporal', 'warn')
const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const

Runtime.install({
  // Each process stops its worker in its own order; the SDK would do so on the signal as well.
  shutdownSignals: [],
  logger: new DefaultLogger('WARN', ({ level, message, meta = {} }) =>
    log[LEVELS[level]](meta, message),
  ),
})

/** One connection for a process: a client and a worker that share it can start workflows eagerly. */
export async function connectEngine(address: string): Promise<NativeConnection> {
  return await within(NativeConnection.connect({ address }), CONNECT_LIMIT_MS)
}

export const engineClient = (
  connection: NativeConnection,
  namespace: string,
  dataConverter: DataConverter,
): Client => new Client({ connection, namespace, dataConverter })

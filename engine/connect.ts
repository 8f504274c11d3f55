import { Client } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import { NativeConnection, Runtime } from '@temporalio/worker'
import { within } from '#core/kernel/within.ts'

const CONNECT_LIMIT_MS = 10_000

// Each process stops its worker in its own order; the SDK would do so on the signal as well.
Runtime.install({ shutdownSignals: [] })

/** One connection for a process: a client and a worker that share it can start workflows eagerly. */
export async function connectEngine(address: string): Promise<NativeConnection> {
  return await within(NativeConnection.connect({ address }), CONNECT_LIMIT_MS)
}

export const engineClient = (
  connection: NativeConnection,
  namespace: string,
  dataConverter: DataConverter,
): Client => new Client({ connection, namespace, dataConverter })

import { join } from 'node:path'
import type { Component } from '../process/component.ts'
import { run } from '../process/run.ts'
import type { Part } from './part.ts'
import { temporalBinary } from './temporal-binary.ts'

export const NAMESPACE = 'default'

const RETENTION_DAYS = 30
const ANSWER_LIMIT_MS = 5_000
const READY_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 10_000

const SEARCH_ATTRIBUTES = {
  WorkspaceId: 'Keyword',
  ActionType: 'Keyword',
  BoardIds: 'KeywordList',
  ActorIds: 'KeywordList',
  CardIds: 'KeywordList',
  FlowId: 'Keyword',
  FlowVersion: 'Int',
  RunStatus: 'Keyword',
}

type Temporal = Part & { uiUrl: string }
type Ports = { port: number; uiPort: number }

/** Temporal of TEMPORAL_ADDRESS, or a dev server of our own with its data in `folder`. */
export async function temporal(folder: string, ports: Ports): Promise<Temporal> {
  const given = process.env['TEMPORAL_ADDRESS']
  if (given) {
    const uiUrl = process.env['TEMPORAL_UI_URL'] ?? `http://${given.split(':')[0]}:8233`
    return { address: given, uiUrl, chosen: `TEMPORAL_ADDRESS, ${given}` }
  }
  const binary = await temporalBinary()
  return {
    address: `127.0.0.1:${ports.port}`,
    uiUrl: `http://127.0.0.1:${ports.uiPort}`,
    chosen: `${binary} at 127.0.0.1:${ports.port}`,
    component: temporalServer(binary, folder, ports),
  }
}

/**
 * A dev server. WAL and NORMAL make it three times as fast as its default; what a power cut takes
 * from it, the worker starts again (engine/keep-promises.ts). One partition, for one server.
 */
export function temporalServer(binary: string, folder: string, { port, uiPort }: Ports): Component {
  const address = `127.0.0.1:${port}`
  return {
    name: 'temporal',
    command: binary,
    args: [
      'server',
      'start-dev',
      '--ip=127.0.0.1',
      `--port=${port}`,
      `--ui-port=${uiPort}`,
      `--db-filename=${join(folder, 'temporal.db')}`,
      '--sqlite-pragma=journal_mode=WAL',
      '--sqlite-pragma=synchronous=NORMAL',
      '--dynamic-config-value=matching.numTaskqueueReadPartitions=1',
      '--dynamic-config-value=matching.numTaskqueueWritePartitions=1',
      ...Object.entries(SEARCH_ATTRIBUTES).map(
        ([name, type]) => `--search-attribute=${name}=${type}`,
      ),
      '--log-level=warn',
    ],
    ready: () => setRetention(binary, address),
    readyLimitMs: READY_LIMIT_MS,
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
    log: join(folder, 'logs', 'temporal.log'),
  }
}

/** Rejects while the server does not answer, so it is the probe as well. */
async function setRetention(binary: string, address: string): Promise<void> {
  const args = [
    ...'operator namespace update'.split(' '),
    `--namespace=${NAMESPACE}`,
    `--retention=${RETENTION_DAYS}d`,
    `--address=${address}`,
  ]
  await run(binary, args, { limitMs: ANSWER_LIMIT_MS })
}

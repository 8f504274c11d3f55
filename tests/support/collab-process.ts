import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { startCollab, type CollabSettings } from '#collab/collab.ts'
import '#tests/bench/floors/tell-memory.ts'

/** Collab as a process of its own, to be killed: says its port on a line, and lives until then. */
const { url, settings } = JSON.parse(process.argv[2]!) as { url: string; settings: CollabSettings }
const limits = { name: 'collab', connectionsMax: 5, statementLimitMs: 3_000 }
const collab = await startCollab(
  settings,
  openDatabase({ url, ...limits }),
  makeLog('collab', 'silent'),
)
console.log(collab.port)

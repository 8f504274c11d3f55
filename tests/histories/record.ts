import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import type { Knex } from 'knex'
import { bringUp } from '#tests/support/components.ts'
import { anEngine } from '#tests/support/engine.ts'
import { SUMS } from './committed.ts'
import { STORIES } from './stories.ts'

// Records the histories of stories that have none yet, from real runs:
//   node tests/histories/record.ts
// What is committed stays as it is: production holds such histories, and they have to replay. A
// workflow that changes gets a story with a new name beside the old ones.
const shared = bringUp()
const engine = await anEngine(await shared.up)
try {
  for (const [workflow, stories] of Object.entries(STORIES)) {
    mkdirSync(join(import.meta.dirname, workflow), { recursive: true })
    for (const [name, story] of Object.entries(stories)) {
      const path = `${workflow}/${name}.json`
      if (existsSync(join(import.meta.dirname, path))) continue
      const { id } = await story(engine)
      keep(path, await historyOf(engine, id))
    }
  }
} finally {
  await engine.stop()
  await shared.stop()
}

/** The history of the workflow that did a command, without the name of the machine it ran on. */
async function historyOf(
  { client, database }: { client: Client; database: Knex },
  commandId: string,
): Promise<string> {
  const row = await database('outcomes').where({ command_id: commandId }).first()
  const handle = client.workflow.getHandle(row.workflow_id)
  await handle.result()
  const text = historyToJSON(await handle.fetchHistory())
  // A process calls itself by its id and its machine's name.
  return text.replaceAll(/"\d+@[^"]+"/g, '"recorded"')
}

function keep(path: string, history: string): void {
  writeFileSync(join(import.meta.dirname, path), history)
  const sum = createHash('sha256').update(history).digest('hex')
  appendFileSync(SUMS, `${sum}  ${path}\n`)
  console.log(path)
}

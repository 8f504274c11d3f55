import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WorkflowFailedError, type Client } from '@temporalio/client'
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
      keep(path, await historyOf(engine, await story(engine)))
    }
  }
} finally {
  await engine.stop()
  await shared.stop()
}

/** The history of a workflow that has ended, without the name of the machine it ran on. */
async function historyOf({ client }: { client: Client }, workflowId: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowId)
  await handle.result().catch((error: unknown) => {
    // Some stories end badly.
    if (!(error instanceof WorkflowFailedError)) throw error
  })
  const text = historyToJSON(await handle.fetchHistory())
  // A process calls itself by its id and its machine's name, and stacks say where the code lay.
  return text.replaceAll(/"\d+@[^"]+"/g, '"recorded"').replaceAll(`${process.cwd()}/`, '')
}

function keep(path: string, history: string): void {
  writeFileSync(join(import.meta.dirname, path), history)
  const sum = createHash('sha256').update(history).digest('hex')
  appendFileSync(SUMS, `${sum}  ${path}\n`)
  console.log(path)
}

import { Worker } from '@temporalio/worker'
import { fileURLToPath } from 'node:url'
import { readConfig } from '#core/platform/config.ts'
import { connectEngine, engineClient } from './connect.ts'
import { dataConverter } from './data-converter.ts'

/**
 * `npm run replay -- WORKFLOW_ID`: says whether a workflow goes on with the code that is here, and
 * ends with 1 when it would not. Nothing is changed by it.
 */
const [workflowId] = process.argv.slice(2)
if (!workflowId) throw new Error('usage: npm run replay -- WORKFLOW_ID')
const config = readConfig()
const converter = dataConverter(config)
const connection = await connectEngine(config.TEMPORAL_ADDRESS)
try {
  const { workflow } = engineClient(connection, config.TEMPORAL_NAMESPACE, converter)
  const history = await workflow.getHandle(workflowId).fetchHistory()
  const file = workflowId.startsWith('card-actions/') ? 'workflows.ts' : 'automation-workflows.ts'
  const workflowsPath = fileURLToPath(new URL(file, import.meta.url))
  const histories = [{ workflowId, history }]
  for await (const { error } of Worker.runReplayHistories(
    { workflowsPath, dataConverter: converter },
    histories,
  )) {
    process.stdout.write(
      error
        ? `It does not go on with this code: ${error.message}\n`
        : 'It goes on with this code.\n',
    )
    process.exitCode = error ? 1 : 0
  }
} finally {
  await connection.close()
}

import { TestWorkflowEnvironment } from '@temporalio/testing'

// The SDK downloads the server on the way to running it, and has no call for the first alone.
const downloadDir = process.argv[2]
if (!downloadDir) throw new Error('Say the folder to download to.')
const executable = { type: 'cached-download', downloadDir } as const
const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } })
await environment.teardown()

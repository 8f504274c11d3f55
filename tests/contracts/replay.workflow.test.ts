import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'
import * as workflows from '#engine/workflows.ts'
import { recordedHistories, recordedSums } from '#tests/histories/committed.ts'

const workflowsPath = new URL('../../engine/workflows.ts', import.meta.url).pathname
const histories = recordedHistories()

test('every workflow type has histories to replay', () => {
  const recorded = new Set(histories.map(({ workflow }) => workflow))
  expect(Object.keys(workflows).filter((type) => !recorded.has(type))).toEqual([])
})

test('histories stay as they were recorded', () => {
  const sums = Object.fromEntries(histories.map(({ path, sha256 }) => [path, sha256]))
  expect(sums).toEqual(recordedSums())
})

test('what runs in production goes on with the workflows of today', async () => {
  const results = Worker.runReplayHistories(
    { workflowsPath },
    histories.map(({ path, text }) => ({
      workflowId: path,
      history: historyFromJSON(JSON.parse(text)),
    })),
  )
  const replayed = await Array.fromAsync(results, ({ workflowId, error }) => [workflowId, error])
  expect(replayed).toEqual(histories.map(({ path }) => [path, undefined]))
})

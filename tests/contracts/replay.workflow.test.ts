import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { Worker } from '@temporalio/worker'
import { expect, test } from 'vitest'
import * as automation from '#engine/automation-workflows.ts'
import * as cardActions from '#engine/workflows.ts'
import { recordedHistories, recordedSums } from '#tests/histories/committed.ts'

/** Each worker has a bundle of its own. */
const BUNDLES = [
  ['workflows.ts', cardActions],
  ['automation-workflows.ts', automation],
] as const
const histories = recordedHistories()

test('every workflow type has histories to replay', () => {
  const recorded = new Set(histories.map(({ workflow }) => workflow))
  const types = BUNDLES.flatMap(([, workflows]) => Object.keys(workflows))
  expect(types.filter((type) => !recorded.has(type))).toEqual([])
})

test('histories stay as they were recorded', () => {
  const sums = Object.fromEntries(histories.map(({ path, sha256 }) => [path, sha256]))
  expect(sums).toEqual(recordedSums())
})

test.each(BUNDLES)('what runs in production goes on with %s of today', async (file, workflows) => {
  const own = histories.filter(({ workflow }) => Object.hasOwn(workflows, workflow))
  const results = Worker.runReplayHistories(
    { workflowsPath: new URL(`../../engine/${file}`, import.meta.url).pathname },
    own.map(({ path, text }) => ({ workflowId: path, history: historyFromJSON(JSON.parse(text)) })),
  )
  const replayed = await Array.fromAsync(results, ({ workflowId, error }) => [workflowId, error])
  expect(replayed).toEqual(own.map(({ path }) => [path, undefined]))
})

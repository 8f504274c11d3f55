import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker'
import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { doOnce } from '#activities/actions/do-once.ts'
import { automationActivities, flowActivities } from '#activities/automation/index.ts'
import { requestFlow } from '#activities/automation/request-flow.ts'
import { startRequested } from '#activities/automation/start-requested.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { aRunPlace } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { draft, say, step } from '#tests/support/flows/a-flow.ts'
import { TAKEN_OVER_WITHIN } from './automation-worker.ts'
import { connectEngine } from './connect.ts'
import { RunControl } from './run-control.ts'
import { startAutomation } from './start-automation.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

const workflowsPath = fileURLToPath(new URL('automation-workflows.ts', import.meta.url))
const olderLoader = fileURLToPath(
  new URL('../tests/support/flows/without-notes.cjs', import.meta.url),
)

const today = () => bundleWorkflowCode({ workflowsPath })
const older = () =>
  bundleWorkflowCode({
    workflowsPath,
    webpackConfigHook(config) {
      const rule = { test: /workflow-ports\.ts$/, enforce: 'pre' as const, loader: olderLoader }
      return { ...config, module: { ...config.module, rules: [...config.module!.rules!, rule] } }
    },
  })

/** Two bundles are made, and two workers. */
const LIMIT_MS = 60_000

test(
  'a run that an older build has parked comes to its end on the newer one',
  { timeout: LIMIT_MS },
  async () => {
    const it = await anEngine()
    const automation = await anAutomation(it)
    const connection = await connectEngine(it.temporalAddress)
    const place = aRunPlace(newId())
    const { acts } = automation
    const running = async (workflowBundle: WorkflowBundle, until: () => Promise<void>) => {
      const { taskQueue } = place
      const activities = { ...automationActivities(acts), ...flowActivities(acts) }
      const worker = await Worker.create({
        connection,
        taskQueue,
        workflowBundle,
        activities,
        stickyQueueScheduleToStartTimeout: TAKEN_OVER_WITHIN,
      })
      await worker.runUntil(until)
    }
    const board = await aBoard(it.database)
    const { ownerId: userId } = board
    const cardId = await aCard(it.database, board)
    const commentsOn = async () =>
      await it.database('comments').where({ card_id: cardId }).orderBy('created_at').pluck('body')
    const content = draft(
      [
        say('one'),
        step('rest', 'wait', { for: 'PT1S' }),
        step('may', 'approval', {
          to: [userId],
          question: 'Go on?',
          allowSelf: true,
          timeout: 'P1D',
        }),
        step('again', 'wait', { for: 'PT1S' }),
        say('two'),
      ],
      { trigger: { type: 'button.card', with: { label: 'Go' } } },
    )
    const flowId = await aPublishedFlow(it.database, board, content)
    const press = { kind: 'button.card' as const, userId, cardId, given: {}, deliveryId: '1' }
    await requestFlow(it.database, { flowId, ...press })
    const begin = startRequested((...run) => startAutomation(it.client, place, ...run))
    const [id] = await it.database('outbox').where({ topic: 'flow-requests' }).pluck('id')
    await doOnce(automation.database, id, begin)
    const [{ id: runId, cause }] = await it.database('flow_runs').where({ flow_id: flowId })

    const [before, after] = [await older(), await today()]
    expect(before.code === after.code).toBe(false)
    const control = new RunControl(it.client, place)
    const workflow = it.client.workflow.getHandle(control.workflowOf(flowId, cause))
    // Not when it is asked in Postgres: the worker would take with it what it is about to answer.
    const parked = async () => (await workflow.describe()).searchAttributes
    await running(before, async () => {
      await expect.poll(parked).toMatchObject({ RunStatus: ['waiting'] })
    })
    expect(await commentsOn()).toEqual(['one'])

    const yes = { step: 'may', userId, approved: true, comment: '' }
    const status = () => it.database('flow_runs').where({ id: runId }).pluck('status')
    await running(after, async () => {
      await control.decide(flowId, cause, yes)
      await expect.poll(status).toEqual(['done'])
    })
    expect(await commentsOn()).toEqual(['one', 'two'])
    await connection.close()
    await automation.stop()
    await it.stop()
  },
)

import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow'
import type { CardActionActivities } from '#activities/actions/index.ts'
import type { AutomationActivities, FlowActivities } from '#activities/automation/index.ts'

/**
 * A card action is one idempotent database step of milliseconds, so it runs inside the workflow
 * task. What it throws is only what another try can mend, so it is tried for a day, through any
 * outage. (A limit on the whole workflow would be one more timer for the server to keep, each time.)
 */
export const cardActionSteps = proxyLocalActivities<CardActionActivities>({
  scheduleToCloseTimeout: '1 day',
  startToCloseTimeout: '30 seconds',
  localRetryThreshold: '1 minute',
  retry: {
    initialInterval: '50 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '2 seconds',
  },
})

/**
 * What a step of a flow does is once-only by its key, so it is tried through an outage of an hour;
 * then the step has failed, and the flow says what follows.
 */
const TRIED_FOR_AN_HOUR = {
  scheduleToCloseTimeout: '1 hour',
  startToCloseTimeout: '30 seconds',
  retry: {
    initialInterval: '200 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '30 seconds',
  },
} as const

/** What a step does outside, see DONE_APART. */
export const stepsApart = proxyActivities<AutomationActivities>(TRIED_FOR_AN_HOUR)

/** What it does in our own tables; the workflow task is given back while it waits to be tried again. */
export const ownSteps = proxyLocalActivities<AutomationActivities>({
  ...TRIED_FOR_AN_HOUR,
  localRetryThreshold: '1 second',
})

/** What is a row in our own tables takes milliseconds, and one event in the history instead of six. */
export const flowSteps = proxyLocalActivities<FlowActivities>({
  scheduleToCloseTimeout: '1 hour',
  startToCloseTimeout: '5 seconds',
  localRetryThreshold: '1 minute',
})

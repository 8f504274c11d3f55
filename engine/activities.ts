import { proxyLocalActivities } from '@temporalio/workflow'
import type { CardActionActivities } from '#activities/actions/index.ts'

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

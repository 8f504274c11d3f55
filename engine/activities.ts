import { proxyLocalActivities } from '@temporalio/workflow'
import type { CardActionActivities } from '#activities/actions/index.ts'

/**
 * A card action is one idempotent database step of milliseconds, so it runs inside the workflow
 * task. What it throws is only what another try can mend, so it is tried until it is done.
 */
export const cardActionSteps = proxyLocalActivities<CardActionActivities>({
  startToCloseTimeout: '30 seconds',
  localRetryThreshold: '1 minute',
  retry: {
    initialInterval: '50 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '2 seconds',
  },
})

import { ApplicationFailure } from '@temporalio/common'

/** What the step asked for will not be done, now or on another try: it fails with this code. */
export const refuseStep = (code: string, message: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, code)

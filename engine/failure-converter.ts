import { DefaultFailureConverter } from '@temporalio/common'

/** Puts the message and the stack of an error into a payload, so that they are sealed like one. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })

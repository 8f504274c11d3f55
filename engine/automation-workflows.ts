/** The workflow types of the automation worker: its bundle and the replay test are made from this list. */
export { runAutomation } from './jobs/run-automation.ts'
export { tryAutomation } from './jobs/try-automation.ts'
export { startScheduled } from './jobs/start-scheduled.ts'

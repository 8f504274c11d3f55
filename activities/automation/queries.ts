export { definitionOf, flowOf, flowsOf, flowVersionsOf } from './flow-list.ts'
export { runSeers } from './run-seers.ts'
export { runningOf, runOf, runsOf } from './run-list.ts'
export { scheduledFlows, type ScheduledFlow } from './scheduled-flows.ts'

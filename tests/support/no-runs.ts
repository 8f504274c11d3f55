import type { Runs } from '#activities/automation/start-flows.ts'

/** For where no flow is published. */
export const NO_RUNS: Runs = { startRun: async () => {}, tellRun: async () => {} }

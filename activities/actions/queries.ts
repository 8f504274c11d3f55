export { boardEventsAfter } from './board-events-after.ts'
export { outcomeKey, storedOutcomes } from './outcomes.ts'
export { resolveLocks, resolveTarget, resolveTargetAsActor } from './resolve-target.ts'

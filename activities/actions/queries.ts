export { boardEventsAfter } from './board-events-after.ts'
export { outcomeKey, storedOutcomes } from './outcomes.ts'
export { storeNews } from './store-news.ts'
export { resolveLocks, resolveTarget, resolveTargetAsActor, type Target } from './resolve-target.ts'

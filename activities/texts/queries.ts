export { appendUpdates, type TextUpdate } from './append-updates.ts'
export { openText } from './open-text.ts'
export { applyStored } from './stored-text.ts'

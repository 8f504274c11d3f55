/** Every workflow type there is; the bundle and the replay test are made from this list. */
export { cardActions } from './card-actions.ts'

/** Where each action is asked for, as the API serves it. */
export { ACTION_ROUTES as ADDRESSES } from '#core/contracts/action-routes.ts'

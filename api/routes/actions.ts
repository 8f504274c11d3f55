import { ACTION_ROUTES } from '#core/contracts/action-routes.ts'
import type { ActionType } from '#core/contracts/actions.ts'
import { act } from '../act.ts'
import type { Route } from '../route.ts'

/** The routes of all actions, made from their contracts and the list of their addresses. */
export const actions: readonly Route[] = Object.keys(ACTION_ROUTES).map((type) =>
  act(type as ActionType),
)

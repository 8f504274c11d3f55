import { z } from 'zod'
import { defineAction, NOT_FOUND, type ActionContract } from './action.ts'
import type { ErrorCode } from './errors.ts'
import { Id } from './fields.ts'
import { kanbanActions } from './kanban.ts'
import { projectActions } from './projects.ts'

/** What every action may be refused with. */
const EVERY_ACTION: readonly ErrorCode[] = [
  'permission.denied',
  'request.id_taken',
  'command.too_large',
  'command.key_reused',
  'command.busy',
  'command.cancelled',
  'engine.away',
]

/** Actions are taken back by ordinary ones, but never by one that makes something new. */
const inverses = Object.values({ ...projectActions, ...kanbanActions }).filter(
  ({ status }) => status === undefined,
)

/** Undoes one action, or all actions of one gesture, of the same actor: all of it or nothing. */
const undo = defineAction({
  target: 'outcome',
  permission: 'board.read',
  summary: 'took back: {target}',
  body: z
    .strictObject({ commandId: Id.optional(), gestureId: Id.optional() })
    .refine((body) => (body.commandId === undefined) !== (body.gestureId === undefined), {
      error: 'names either a commandId or a gestureId',
    }),
  result: z.strictObject({ undone: z.array(Id) }),
  refusals: [
    'undo.impossible',
    'undo.changed_since',
    ...new Set(inverses.flatMap(({ target, refusals }) => [NOT_FOUND[target], ...refusals])),
  ],
})

/** Every action there is. Menus, routes, handlers and documents are checked against this list. */
export const actions = { ...projectActions, ...kanbanActions, undo }

type Actions = typeof actions
export type ActionType = keyof Actions
export type ActionBody<Type extends ActionType> = z.infer<Actions[Type]['body']>
export type ActionResult<Type extends ActionType> = z.infer<Actions[Type]['result']>

export const ACTION_TYPES = Object.keys(actions) as ActionType[]

/** The contract of an action whose type is known only at run time. */
export function contractOf(type: ActionType): ActionContract<z.ZodType, z.ZodType> {
  return actions[type]
}

/** Every code an action may be refused with. */
export function refusalsOf(type: ActionType): ErrorCode[] {
  const { target, refusals } = contractOf(type)
  return [...new Set([NOT_FOUND[target], ...EVERY_ACTION, ...refusals])]
}

import type { z } from 'zod'
import type { Rule } from '#core/kernel/permissions.ts'
import type { ErrorCode } from './errors.ts'

/** What an action is done to; its id is the last parameter of the action's address. */
export type TargetKind =
  | 'workspace'
  | 'project'
  | 'board'
  | 'column'
  | 'label'
  | 'card'
  | 'comment'
  | 'checklist-item'
  | 'attachment'
  | 'flow'
  | 'run'
  | 'outcome'

/** How an action is refused that is done to something that is not there. */
export const NOT_FOUND = {
  workspace: 'workspace.not_found',
  project: 'project.not_found',
  board: 'board.not_found',
  column: 'column.not_found',
  label: 'label.not_found',
  card: 'card.not_found',
  comment: 'comment.not_found',
  'checklist-item': 'checklist.not_found',
  attachment: 'attachment.not_found',
  flow: 'flow.not_found',
  run: 'run.not_found',
  outcome: 'undo.not_found',
} as const satisfies Record<TargetKind, ErrorCode>

/** The contract of one action: what it takes, answers and refuses, and who may ask for it. */
export interface ActionContract<Body extends z.ZodType, Result extends z.ZodType> extends Rule {
  readonly target: TargetKind
  /** In the words of an operator: «Ann moved 'Fix login' to Done». `{target}` and `{column}` are filled in. */
  readonly summary: string
  readonly body: Body
  readonly result: Result
  /** Of the answer when it is done, if not 200. */
  readonly status?: 201
  /** Beyond those every action may give; `refusalsOf` has them all. */
  readonly refusals: readonly ErrorCode[]
}

export function defineAction<Body extends z.ZodType, Result extends z.ZodType>(
  contract: ActionContract<Body, Result>,
): ActionContract<Body, Result> {
  return Object.freeze(contract)
}

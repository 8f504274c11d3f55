/** Why a flow cannot be published: a code, what to do about it, and where. */
export interface Problem {
  readonly code: ProblemCode
  readonly message: string
  /** From the flow down, as in steps/1/blocks/do/0/with/url. */
  readonly path: string
  /** The step it is in, when it is in one. */
  readonly stepId?: string
}

type ProblemCode =
  | 'flow.invalid'
  | 'flow.too_large'
  | 'flow.too_deep'
  | 'flow.too_many_steps'
  | 'flow.step_twice'
  | 'flow.node_unknown'
  | 'flow.trigger_unknown'
  | 'flow.step_invalid'
  | 'flow.path_unknown'
  | 'flow.expression_invalid'
  | 'flow.no_card'
  | 'flow.calls_itself'

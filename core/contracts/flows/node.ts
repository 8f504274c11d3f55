import type { z } from 'zod'

/** Where the designer lists a node. */
type NodeGroup = 'cards' | 'people' | 'outside' | 'data' | 'flow' | 'time'

/** Which blocks of steps a node has: fixed ones, one for each case and `else`, or as many as drawn. */
export type Blocks =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed'; readonly must: readonly string[]; readonly may: readonly string[] }
  | { readonly kind: 'cases' }
  | { readonly kind: 'any' }

export const NO_BLOCKS: Blocks = { kind: 'none' }

/** The contract of a node: forms, publish checks and the interpreter derive from it. */
export interface NodeContract {
  readonly title: string
  readonly group: NodeGroup
  /** What `with` holds. Texts may be templates wherever the schema asks for a value. */
  readonly params: z.ZodObject
  readonly blocks: Blocks
  /** The names of what later steps may read of it; null when only the run will tell. */
  readonly outputs: readonly string[] | null
  /**
   * `act`: an activity does it. `control`: the interpreter does it itself. Trying a flow out does
   * the first only for those that are `reads`.
   */
  readonly kind: 'act' | 'control'
  readonly reads?: true
}

export const defineNode = <Contract extends NodeContract>(contract: Contract): Contract =>
  Object.freeze(contract)

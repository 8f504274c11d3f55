import { z } from 'zod'
import { BLOCKS_PER_PARALLEL_MAX, FLOW_DEPTH_MAX } from '#core/flows/limits.ts'
import { valueAt } from '#core/flows/path.ts'
import { isTemplate } from '#core/flows/template.ts'
import { VERBATIM } from '#core/flows/verbatim.ts'
import { problemOf } from './check-shape.ts'
import type { NodeContract } from './node.ts'
import { nodes } from './nodes/index.ts'
import type { Problem } from './problem.ts'
import type { Step } from './step.ts'
import type { Placed } from './walk.ts'

/** What is wrong with a step by itself: its node, what it is given, and its blocks. */
export function stepProblems(placed: Placed): Problem[] {
  const { step, path, depth } = placed
  const at = (problem: Omit<Problem, 'path' | 'stepId'>): Problem[] => [
    { ...problem, path, stepId: step.id },
  ]
  const node = nodeOf(step.type)
  if (!node) {
    const message = `There is no node «${step.type}»: choose one from the list.`
    return at({ code: 'flow.node_unknown', message })
  }
  if (depth > FLOW_DEPTH_MAX) {
    const message = `Blocks lie at most ${FLOW_DEPTH_MAX} deep: move this part into a flow it calls.`
    return at({ code: 'flow.too_deep', message })
  }
  const wrong = blocksProblem(placed, node)
  return [
    ...paramProblems(step, node, path),
    ...(wrong === null ? [] : at({ code: 'flow.step_invalid', message: wrong })),
  ]
}

export const nodeOf = (type: string): NodeContract | undefined =>
  Object.hasOwn(nodes, type) ? nodes[type] : undefined

/** A step with what it leaves out filled in. */
export function withDefaults(step: Step): Step {
  const shape = nodeOf(step.type)?.params.shape ?? {}
  const left = Object.entries(shape).filter(([name]) => step.with[name] === undefined)
  const defaults = left.flatMap(([name, schema]) => {
    const { data } = z.safeParse(schema, undefined)
    return data === undefined ? [] : [[name, data] as const]
  })
  const blocks = Object.entries(step.blocks ?? {}).map(
    ([name, steps]) => [name, steps.map(withDefaults)] as const,
  )
  return {
    ...step,
    with: { ...step.with, ...Object.fromEntries(defaults) },
    ...(step.blocks && { blocks: Object.fromEntries(blocks) }),
  }
}

/** What the schema does not take; where a template is filled in, only the run can tell. */
function paramProblems(step: Step, node: NodeContract, path: string): Problem[] {
  const read = node.params.safeParse(step.with)
  const issues = read.success ? [] : read.error.issues
  const verbatim = VERBATIM[step.type] ?? []
  return issues
    .filter(
      (issue) =>
        verbatim.includes(String(issue.path[0])) ||
        !hasTemplate(valueAt(step.with, issue.path as (string | number)[])) ||
        issue.code === 'unrecognized_keys',
    )
    .map((issue) => ({
      ...problemOf(issue, `${path}/with`, 'flow.step_invalid'),
      stepId: step.id,
    }))
}

function hasTemplate(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasTemplate)
}

/** What is wrong with the blocks, as a sentence. */
function blocksProblem({ step, block }: Placed, node: NodeContract): string | null {
  const { undo, ...blocks } = step.blocks ?? {}
  const names = Object.keys(blocks)
  if (block === 'undo' && node.kind !== 'act') {
    return 'What takes a step back is done at once, by actions: take this step out.'
  }
  if (undo && (node.kind !== 'act' || node.reads)) {
    return 'Only an action can be taken back: take the block «undo» out.'
  }
  if (node.blocks.kind === 'any' && names.length > BLOCKS_PER_PARALLEL_MAX) {
    return `At most ${BLOCKS_PER_PARALLEL_MAX} blocks are done side by side: use a for-each step.`
  }
  const { must, may } = blockNames(step, node)
  const missing = must.find((name) => !names.includes(name) || blocks[name]!.length === 0)
  if (missing) return `The block «${missing}» needs a step.`
  const extra = may && names.find((name) => ![...must, ...may].includes(name))
  return extra ? `It has no block «${extra}»: take it out.` : null
}

function blockNames(
  step: Step,
  { blocks }: NodeContract,
): { must: readonly string[]; may: readonly string[] | null } {
  if (blocks.kind === 'fixed') return blocks
  if (blocks.kind === 'any') return { must: [], may: null }
  if (blocks.kind === 'none') return { must: [], may: [] }
  const { cases } = step.with
  const ids = Array.isArray(cases) ? cases.map((each: { id?: unknown }) => String(each.id)) : []
  return { must: [], may: [...ids, 'else'] }
}

import type { Path } from '#core/flows/path.ts'
import { nodeOf } from './check-step.ts'
import type { Flow } from './flow.ts'
import type { Problem } from './problem.ts'
import { inCondition, referencesOf, type Reference } from './references.ts'
import type { Step } from './step.ts'
import { triggers } from './triggers.ts'
import type { Placed } from './walk.ts'

/** What can be read somewhere: by name, the names below it, or null when any may be there. */
type Scope = ReadonlyMap<string, ReadonlySet<string> | null>

/** What the flow's filter and steps read that is not there when they are done. */
export function referenceProblems(flow: Flow, placed: readonly Placed[]): Problem[] {
  const base = baseScope(flow)
  const filter = flow.trigger.filter ? inCondition(flow.trigger.filter, 'trigger/filter') : []
  return [
    ...filter.flatMap((each) => problemsOf(each, without(base, 'vars'), new Map())),
    ...placed.flatMap((each) => {
      const { step, path } = each
      const steps = new Map(earlier(each).map((one) => [one.id, one]))
      const scope = scopeAt(each, base)
      const assigned = step.type === 'set-variable' ? [variableOf(step, path)] : []
      return [...referencesOf(step.type, step.with, `${path}/with`), ...assigned]
        .flatMap((reference) => problemsOf(reference, scope, steps))
        .map((problem) => ({ ...problem, stepId: step.id }))
    }),
  ]
}

function problemsOf(
  { at, path, problem }: Reference,
  scope: Scope,
  steps: ReadonlyMap<string, Step>,
): Problem[] {
  if (problem) return [{ code: 'flow.expression_invalid', message: problem, path: at }]
  const message = path && unknownIn(path, scope, steps)
  return message ? [{ code: 'flow.path_unknown', message, path: at }] : []
}

/** Why a path leads nowhere, and what to do; null when it leads somewhere. */
function unknownIn(path: Path, scope: Scope, steps: ReadonlyMap<string, Step>): string | null {
  const [root, name, field] = path.map(String)
  if (root === 'steps') return unknownStep(name, field, steps)
  if (!scope.has(root!)) {
    return `There is no «${root}» here: use one of ${[...scope.keys(), 'steps'].join(', ')}.`
  }
  const names = scope.get(root!)
  if (names === null || name === undefined || names?.has(name)) return null
  return `«${root}» has no «${name}» here: use one of ${[...names!].join(', ') || 'none'}.`
}

function unknownStep(
  id: string | undefined,
  field: string | undefined,
  steps: ReadonlyMap<string, Step>,
): string | null {
  const step = id === undefined ? undefined : steps.get(id)
  if (!step) {
    return `No step «${id ?? ''}» is done for certain before this one: use an earlier step of this block or of those around it.`
  }
  const outputs = nodeOf(step.type)?.outputs
  if (!outputs || field === undefined || outputs.includes(field)) return null
  return `Step «${id}» gives no «${field}»: use one of ${outputs.join(', ') || 'none'}.`
}

/** The steps that are done before this one, whatever way the run takes. */
export function earlier({ before, within, block }: Placed): readonly Step[] {
  if (!within) return before
  const own = block === 'undo' ? [within.step] : before
  return [...earlier(within), ...own]
}

function baseScope({ trigger, variables }: Flow): Scope {
  const contract = triggers[trigger.type]
  const given = new Set(['type', 'at', 'actorId', ...(contract?.gives ?? [])])
  const scope = new Map<string, ReadonlySet<string> | null>([
    ['trigger', given],
    ['vars', new Set(Object.keys(variables))],
    ['run', new Set(['id', 'startedAt'])],
    ['flow', new Set(['id', 'name'])],
    ['now', new Set()],
  ])
  return contract?.about === 'card' ? scope.set('card', null) : scope
}

function scopeAt(placed: Placed, base: Scope): Scope {
  const scope = new Map(base)
  const failure = new Set(['code', 'message', 'step'])
  if (placed.step.type === 'wait-for-event') scope.set('event', null)
  for (let at: Placed | null = placed; at; at = at.within) {
    if (at.within?.step.type === 'for-each' && at.block === 'do') {
      scope.set('loop', new Set(['item', 'index']))
    }
    if (at.block === 'catch' || at.block === 'onFailure') scope.set('error', failure)
  }
  return scope
}

function without(scope: Scope, name: string): Scope {
  return new Map([...scope].filter(([each]) => each !== name))
}

const variableOf = ({ with: { name } }: Step, path: string): Reference => ({
  at: `${path}/with/name`,
  path: ['vars', String(name)],
})

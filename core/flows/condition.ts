import type { Condition } from '#core/contracts/flows/condition.ts'
import { evaluate } from './expression.ts'
import { OPERATORS } from './operators.ts'
import { parsePath, valueAt } from './path.ts'
import { fillAll } from './template.ts'

/** Whether a condition holds. Throws what an expression throws that comes to nothing. */
export function holds(
  condition: Condition,
  scope: Readonly<Record<string, unknown>>,
  nowMs: number,
): boolean {
  if ('all' in condition) return condition.all.every((each) => holds(each, scope, nowMs))
  if ('any' in condition) return condition.any.some((each) => holds(each, scope, nowMs))
  if ('not' in condition) return !holds(condition.not, scope, nowMs)
  if ('cel' in condition) return evaluate(condition.cel, scope) === true
  const held = valueAt(scope, parsePath(condition.field) ?? [])
  return OPERATORS[condition.op](held, fillAll(condition.value, scope), nowMs)
}

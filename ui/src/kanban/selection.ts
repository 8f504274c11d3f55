import type { Id } from '#core/kernel/ids.ts'

/** The selection after shift-clicking from `anchor` to `target` in a column's list. */
export function rangeBetween(ids: readonly Id[], anchor: Id | undefined, target: Id): Id[] {
  const to = ids.indexOf(target)
  const from = anchor === undefined ? to : ids.indexOf(anchor)
  if (to < 0) return []
  if (from < 0) return [target]
  return ids.slice(Math.min(from, to), Math.max(from, to) + 1)
}

/** The set with the id in it if it was not, and without it if it was. */
export function toggled(selected: ReadonlySet<Id>, id: Id): Set<Id> {
  const next = new Set(selected)
  if (!next.delete(id)) next.add(id)
  return next
}

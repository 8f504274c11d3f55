import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { isObject } from '#core/contracts/flows/drawn.ts'

/**
 * What two have made of the same value. What only one of them has changed is as they left it; where
 * both changed the same field, it is as in `mine`. Lists of things with ids are merged thing by thing,
 * and what one took out stays when the other has changed it.
 */
export function merged(base: unknown, mine: unknown, theirs: unknown): unknown {
  if (same(base, mine) || same(mine, theirs)) return theirs
  if (same(base, theirs)) return mine
  if (isObject(mine) && isObject(theirs)) return mergedObject(base, mine, theirs)
  if (areNamed(mine) && areNamed(theirs)) {
    return mergedList(areNamed(base) ? base : [], mine, theirs)
  }
  // What one took out and the other changed stays.
  return mine === undefined ? theirs : mine
}

type Fields = Readonly<Record<string, unknown>>

function mergedObject(base: unknown, mine: Fields, theirs: Fields): Fields {
  const before = isObject(base) ? base : {}
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]
  const fields = names.map(
    (name) => [name, merged(before[name], mine[name], theirs[name])] as const,
  )
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}

interface Named {
  readonly id: string
}

const areNamed = (value: unknown): value is readonly Named[] =>
  Array.isArray(value) && value.every((each) => isObject(each) && typeof each['id'] === 'string')

function mergedList(
  base: readonly Named[],
  mine: readonly Named[],
  theirs: readonly Named[],
): readonly Named[] {
  const [old, my, their] = [base, mine, theirs].map(byId) as [Found, Found, Found]
  const stays = (id: string) => {
    const [was, one, other] = [old.get(id), my.get(id), their.get(id)]
    if (one && other) return true
    // Taken out by one of them, unless the other has changed it; or put in.
    return was === undefined || !same(was, one ?? other)
  }
  const kept = (all: readonly Named[]) => all.map(({ id }) => id).filter(stays)
  // Whoever has put things into another order is followed; the other's new ones come behind what they followed.
  const isReordered = !same(shared(base, my), shared(mine, old))
  const [first, second] = isReordered ? [kept(mine), kept(theirs)] : [kept(theirs), kept(mine)]
  return woven(first, second).map((id) => {
    const [one, other] = [my.get(id), their.get(id)]
    return one && other ? (merged(old.get(id), one, other) as Named) : (one ?? other)!
  })
}

type Found = ReadonlyMap<string, Named>
const byId = (all: readonly Named[]): Found => new Map(all.map((each) => [each.id, each]))
const shared = (all: readonly Named[], others: Found) =>
  all.map(({ id }) => id).filter((id) => others.has(id))

/** The first list with what only the second has, each behind what it follows there. */
function woven(first: readonly string[], second: readonly string[]): string[] {
  const all = [...first]
  for (const [at, id] of second.entries()) {
    if (all.includes(id)) continue
    const before = second.slice(0, at).findLast((each) => all.includes(each))
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, id)
  }
  return all
}

const same = (one: unknown, other: unknown): boolean =>
  one === other ||
  (one !== undefined && other !== undefined && canonicalJson(one) === canonicalJson(other))

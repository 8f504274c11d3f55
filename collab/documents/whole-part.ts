import * as Y from 'yjs'
import { isId, readChange, type Change, type Struct } from './change.ts'

/**
 * Whether all a change builds on is there: in the document, in the changes before it, or in itself.
 * What is stored without that is seen by nobody, and waits for ever in every copy of the text.
 */
export function isWhole(doc: Y.Doc, before: readonly Change[], change: Change): boolean {
  const reached = new Map<number, number>()
  const reachedOf = (client: number): number => {
    const known =
      reached.get(client) ??
      before.reduce(
        (most, { ends }) => Math.max(most, ends.get(client) ?? 0),
        Y.getState(doc.store, client),
      )
    reached.set(client, known)
    return known
  }
  const has = ({ client, clock }: Y.ID) => clock < reachedOf(client)
  const add = ({ client, clock }: Y.ID, length: number) =>
    reached.set(client, Math.max(reachedOf(client), clock + length))
  return (
    comesIn(change, has, add) &&
    [...change.deletes.clients].every(([client, ranges]) =>
      ranges.every(({ clock, len }) => has(Y.createID(client, clock + len - 1))),
    )
  )
}

/** Whether each thing can come in after what it builds on. Things that wait for each other never do. */
function comesIn(
  { structs }: Change,
  has: (id: Y.ID) => boolean,
  add: (id: Y.ID, length: number) => void,
): boolean {
  const rest = new Map(Array.from(structs, ([client, some]) => [client, some.values()]))
  const waiting: Struct[] = []
  for (const own of rest.values()) {
    for (const first of own) {
      waiting.push(first)
      for (let last = waiting.at(-1); last; last = waiting.at(-1)) {
        const missing = supportsOf(last).find((id) => !has(id))
        if (missing) {
          const next = rest.get(missing.client)?.next().value
          if (!next) return false
          waiting.push(next)
        } else {
          if (last instanceof Y.Skip) return false
          add(last.id, last.length)
          waiting.pop()
        }
      }
    }
  }
  return true
}

/**
 * What of a change is whole, likewise; null when nothing is. It is read into a copy of the document,
 * which is dear.
 */
export function wholePart(doc: Y.Doc, before: readonly Change[], change: Change): Change | null {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  for (const { bytes } of [...before, change]) Y.applyUpdate(copy, bytes)
  Object.assign(copy.store, { pendingStructs: null, pendingDs: null })
  const part = Y.diffUpdate(Y.encodeStateAsUpdate(copy), Y.encodeStateVector(doc))
  copy.destroy()
  return Y.snapshotContainsUpdate(Y.snapshot(doc), part) ? null : readChange(part)
}

/** What must be there before something can be: what its client made before it, its place, and what it stands in. */
function supportsOf(struct: Struct): readonly Y.ID[] {
  const { client, clock } = struct.id
  const before = clock > 0 ? [Y.createID(client, clock - 1)] : []
  if (!(struct instanceof Y.Item)) return before
  return [...before, ...[struct.origin, struct.rightOrigin, struct.parent].filter(isId)]
}

import * as Y from 'yjs'
import { endOf, isId, readChange, type Change, type Struct } from './change.ts'

/**
 * Whether all a change builds on is there: in the document, in the changes before it, or in itself.
 * What is stored without that is seen by nobody, and waits for ever in every copy of the text.
 */
export function isWhole(doc: Y.Doc, before: readonly Change[], change: Change): boolean {
  const onTheirWay = new Map<number, number>()
  for (const { ends } of before) for (const [client, end] of ends) onTheirWay.set(client, end)
  const knownOf = (client: number) =>
    Math.max(Y.getState(doc.store, client), onTheirWay.get(client) ?? 0)
  const has = ({ client, clock }: Y.ID) =>
    clock < Math.max(knownOf(client), change.ends.get(client) ?? 0)
  const structs = [...change.structs]
  return (
    structs.every(([client, some]) => some[0]!.id.clock <= knownOf(client) && haveNoGaps(some)) &&
    structs.every(([, some]) => some.every((struct) => supportsOf(struct).every(has))) &&
    [...change.deletes.clients].every(([client, ranges]) =>
      ranges.every(({ clock, len }) => has(Y.createID(client, clock + len - 1))),
    )
  )
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

const haveNoGaps = (structs: readonly Struct[]): boolean =>
  structs.every(
    (struct, index) =>
      !(struct instanceof Y.Skip) &&
      (index === 0 || struct.id.clock === endOf(structs[index - 1]!)),
  )

/** What must be there before something can be: its place among others, and what it stands in. */
function supportsOf(struct: Struct): readonly Y.ID[] {
  if (!(struct instanceof Y.Item)) return []
  return [struct.origin, struct.rightOrigin, struct.parent].filter(isId)
}

import * as Y from 'yjs'
import { isId, type Change, type Struct } from './change.ts'

/**
 * Within how many others the innermost thing of a change stands, once the changes before it are in the
 * document; values within values count alike. Whatever reads a text goes down them one by one.
 */
export function depthOf(doc: Y.Doc, before: readonly Change[], change: Change): number {
  const changes = [...before, change]
  /** How many each thing stands in that is not in the document yet. */
  const depths = new Map<Struct, number>()

  function depthAt(item: Y.Item): number {
    const path: Y.Item[] = []
    let at: Struct | undefined = item
    while (at instanceof Y.Item && !isStored(at) && !depths.has(at)) {
      // Whoever makes things stand in each other makes nothing anybody sees.
      depths.set(at, 0)
      path.push(at)
      at = structBelow(at)
    }
    let depth = at instanceof Y.Item ? (depths.get(at) ?? storedDepth(at)) : 0
    for (const each of path.reverse()) {
      if (isId(each.parent)) depth += 1
      depths.set(each, depth)
    }
    return depth
  }

  /** What something stands in, or beside. */
  function structBelow({ parent, origin, rightOrigin }: Y.Item): Struct | undefined {
    const id = isId(parent) ? parent : (origin ?? rightOrigin)
    if (!id) return undefined
    const { client, clock } = id
    if (clock < Y.getState(doc.store, client)) return Y.getItem(doc.store, id)
    const structs = changes.find(({ ends }) => clock < (ends.get(client) ?? 0))?.structs.get(client)
    return structs?.[Y.findIndexSS(structs as Y.Item[], clock)]
  }

  let deepest = 0
  for (const structs of change.structs.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue
      const isAround = struct.content instanceof Y.ContentType
      deepest = Math.max(deepest, isAround ? depthAt(struct) + 1 : valueDepth(struct.content))
    }
  }
  return deepest
}

const isStored = ({ parent }: Y.Item): boolean => parent instanceof Y.AbstractType

function storedDepth(item: Y.Item): number {
  let depth = 0
  let around = (item.parent as Y.AbstractType<unknown>)._item
  for (; around; around = (around.parent as Y.AbstractType<unknown>)._item) depth += 1
  return depth
}

/** How many lists and objects the innermost value stands in. */
function valueDepth(content: Y.Item['content']): number {
  let values = valuesOf(content)
  let depth = 0
  for (; values.length > 0; depth += 1) {
    values = values.flatMap((value) =>
      typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
        ? (Object.values(value) as unknown[])
        : [],
    )
  }
  return depth
}

function valuesOf(content: Y.Item['content']): unknown[] {
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return content.arr
  if (content instanceof Y.ContentEmbed) return [content.embed]
  return content instanceof Y.ContentFormat ? [content.value] : []
}

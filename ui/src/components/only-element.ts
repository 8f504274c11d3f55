import { Comment, Fragment, type VNode } from 'vue'

/** The one element a slot holds, also where it was handed on from slot to slot. */
export function onlyElement(nodes: readonly VNode[]): VNode {
  const [node] = nodes.filter(({ type }) => type !== Comment)
  if (!node) throw new Error('The slot holds no element.')
  return node.type === Fragment ? onlyElement(node.children as VNode[]) : node
}

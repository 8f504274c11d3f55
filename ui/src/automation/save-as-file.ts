import type { DrawnFlow } from '#core/contracts/flows/drawn.ts'

/** Saves a flow as a file that can be imported again, here or elsewhere. */
export function saveAsFile(flow: DrawnFlow): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(flow, null, 2)]))
  const name = `${flow.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase() || 'flow'}.json`
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}

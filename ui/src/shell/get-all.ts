import { PAGE_SIZE_MAX } from '#core/kernel/limits.ts'
import type { Page } from '#core/contracts/views.ts'
import { get } from './http.ts'

/** Lists that are read whole are short by contract; this bounds what a fault could cost. */
const PAGES_MAX = 20

/** Every item of a paged list, in order. `path` may carry a query of its own. */
export async function getAll<Item>(path: string): Promise<Item[]> {
  const items: Item[] = []
  const first = `${path}${path.includes('?') ? '&' : '?'}limit=${PAGE_SIZE_MAX}`
  let cursor = ''
  for (let count = 0; count < PAGES_MAX; count += 1) {
    const page = await get<Page<Item>>(first + cursor)
    items.push(...page.items)
    if (page.nextCursor === null) break
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  return items
}

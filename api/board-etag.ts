import { createHash } from 'node:crypto'
import type { Context } from './context.ts'

/**
 * How far a board's events have come names what its cards look like; the rest, its members' names
 * and roles among it, changes without events, and is in the head.
 */
interface Mark {
  readonly epoch: string
  readonly offset: number
  /** All of the board but its cards, as text. */
  readonly head: string
}

const HASH_CHARS = 12

function etagOf({ epoch, offset, head }: Mark): string {
  const hash = createHash('sha256').update(head).digest('base64url').slice(0, HASH_CHARS)
  return `"${epoch}-${offset}-${hash}"`
}

export function setMark(ctx: Context, mark: Mark): void {
  ctx.etag = etagOf(mark)
  ctx.set('cache-control', 'private, no-cache')
}

/**
 * Whether the caller has the board as it is; the answer is then 304. Koa's own test does not do:
 * browsers add `Cache-Control: no-cache` to a fetch that names an ETag, and it heeds that.
 */
export function isCurrent(ctx: Context, mark: Mark): boolean {
  const held = ctx
    .get('if-none-match')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
  if (!held.includes(etagOf(mark))) return false
  setMark(ctx, mark)
  ctx.status = 304
  return true
}

import { Id } from '#core/contracts/fields.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Context } from './context.ts'
import { read } from './validate.ts'

/** The caller's key or one of ours: told even with a 503, so that another try can bring it. */
export function keyOf(ctx: Context): string {
  const key = idIn(ctx, 'idempotency-key') ?? newId()
  ctx.set('idempotency-key', key)
  return key
}

/** A header that has to be an id where it is there. */
export function idIn(ctx: Context, header: string): string | undefined {
  const value = ctx.get(header)
  return value === '' ? undefined : read(Id, value, 'headers')
}

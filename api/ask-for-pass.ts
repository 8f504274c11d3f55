import type { Context } from './context.ts'

/** Whether a browser asks for a page to show, not a script or a program for a part of one. */
export const asksForPage = (ctx: Context): boolean => ctx.get('sec-fetch-dest') === 'document'

/**
 * Has the app answer at the address of a page for operators: it gets an operator their pass and
 * comes again. To all others it says that nothing is here.
 */
export async function askForPass(ctx: Context, next: () => Promise<unknown>): Promise<void> {
  await next()
  ctx.remove('etag')
  ctx.remove('last-modified')
  ctx.set('cache-control', 'no-store')
  ctx.status = 404
}

/**
 * Acts that reach outside our own tables, or may take long: each is an activity of its own. Every
 * other act is one short transaction, once-only by its key, and part of the run's own task
 * (docs/decisions/090).
 */
export const DONE_APART: ReadonlySet<string> = new Set([
  'cards.create',
  'code.run',
  'email.send',
  'flow.start',
  'http.request',
  'webhook.send',
])

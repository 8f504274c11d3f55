import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'

/** Refuses to take back the making of what has been put to use since: that would go out of sight. */
export async function refuseUsed(work: Work, isUsed: () => Promise<boolean>): Promise<void> {
  if (work.undo?.expect['*'] === undefined || !(await isUsed())) return
  throw new Refusal('undo.changed_since', 'It has been put to use since.', { fields: ['*'] })
}

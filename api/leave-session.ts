import { closeSession } from '#activities/auth/sessions.ts'
import type { Context } from './context.ts'
import { REFRESH } from './give-session.ts'
import { logged, ofSession } from './installation-log.ts'
import type { Parts } from './parts.ts'

/** Ends the session of the cookie a browser came with, if it goes on, on every way in. */
export async function leaveSession({ ctx, parts }: { ctx: Context; parts: Parts }): Promise<void> {
  const held = ctx.cookies.get(REFRESH.name)
  if (!held) return
  const left = await logged(
    { ctx, parts },
    async (trx) => await closeSession(trx, held),
    (whose) => whose && ofSession('session.close', whose),
  )
  if (left) await parts.endedSessions.read()
}

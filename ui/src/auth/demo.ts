import { demoEmail } from '#core/kernel/demo.ts'
import { ROLES } from '#core/kernel/permissions.ts'

/** The people of the demo workspace. */
export const DEMO_PEOPLE = ROLES.map((role) => ({ email: demoEmail(role), role }))

const ASK_LIMIT_MS = 3_000

/** Whether the server runs with demo data: only then does /ready tell where its Temporal is. */
export async function isDemo(): Promise<boolean> {
  try {
    const answer = await fetch('/ready', { signal: AbortSignal.timeout(ASK_LIMIT_MS) })
    return 'temporal' in ((await answer.json()) as object)
  } catch {
    return false
  }
}

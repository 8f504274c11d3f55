import type { Role } from '#core/kernel/permissions.ts'

/** The people of the demo workspace; their password is public. */
export const DEMO_PASSWORD = 'projectflow'
export const DEMO_PEOPLE: readonly { email: string; role: Role }[] = [
  { email: 'owner@example.com', role: 'owner' },
  { email: 'admin@example.com', role: 'admin' },
  { email: 'member@example.com', role: 'member' },
  { email: 'viewer@example.com', role: 'viewer' },
]

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

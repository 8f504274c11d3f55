import { ROLES, type Role } from './permissions.ts'

/** Public, like everything of the demo. */
export const DEMO_PASSWORD = 'projectflow'

export const demoEmail = (role: Role): string => `${role}@example.com`

/** Whom the demo's database begins with, one for each role. */
export const DEMO_EMAILS: readonly string[] = ROLES.map(demoEmail)

import { z } from 'zod'
import { ROLES } from '#core/kernel/permissions.ts'

/** The role a member is to have. */
export const MemberRole = z.strictObject({ role: z.enum(ROLES) })

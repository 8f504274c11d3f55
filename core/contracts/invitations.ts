import { z } from 'zod'
import { INVITED_AT_ONCE_MAX } from '#core/kernel/limits.ts'
import { MEMBER_ROLES } from '#core/kernel/permissions.ts'
import { Email, PASSWORD_CHARS_MAX } from './auth.ts'
import { Id, Name } from './fields.ts'
import { LinkToken } from './link-token.ts'
import { isOneRole, NOT_ONE_ROLE, ROLE_FIELDS } from './members.ts'
import { Instant } from './views.ts'

/** Addresses whose people are asked in, all with the same role. */
export const NewInvitations = z
  .strictObject({ emails: z.array(Email).min(1).max(INVITED_AT_ONCE_MAX), ...ROLE_FIELDS })
  .refine(isOneRole, NOT_ONE_ROLE)
export type NewInvitations = z.infer<typeof NewInvitations>

/** An invitation that was neither accepted nor taken back, as who manages the members sees it. */
export const InvitationView = z.strictObject({
  id: Id,
  email: z.string(),
  role: z.enum(MEMBER_ROLES),
  roleId: Id.nullable(),
  /** The name of who sent it last. */
  invitedBy: z.string(),
  /** Whether they may still give the role; while they may not, nobody can accept it. */
  isBacked: z.boolean(),
  createdAt: Instant,
  /** When its letter went out; null while it did not. */
  sentAt: Instant.nullable(),
  expiresAt: Instant,
})
export type InvitationView = z.infer<typeof InvitationView>

export const ByInvitation = z.strictObject({ token: LinkToken })

/** What the link of a letter leads to, told to whoever holds it. */
export const OpenInvitation = z.strictObject({
  workspace: z.string(),
  invitedBy: z.string(),
  email: z.string(),
  role: z.enum(MEMBER_ROLES),
  /** What the workspace calls the role, when it has made it. */
  roleName: z.string().nullable(),
  /** Whether the address has an account, to be signed in to. */
  hasAccount: z.boolean(),
})
export type OpenInvitation = z.infer<typeof OpenInvitation>

/** Who the account is for; its address is that of the invitation. */
export const SignUpByInvitation = z.strictObject({
  token: LinkToken,
  name: Name,
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
})

export const Accepted = z.strictObject({ workspaceId: Id })
export type Accepted = z.infer<typeof Accepted>

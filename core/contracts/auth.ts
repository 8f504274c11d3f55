import { z } from 'zod'
import { LANGUAGES } from '#core/kernel/choices.ts'
import { Id, Name } from './fields.ts'
import { Instant, UserView, WorkspaceView } from './views.ts'

const EMAIL_CHARS_MAX = 254
export const PASSWORD_CHARS_MAX = 1_000

/**
 * In lower case, and of plain letters alone: what only looks like an address, in wide letters or those
 * of another script, is refused and never taken for the one it looks like.
 */
export const Email = z.email().max(EMAIL_CHARS_MAX).toLowerCase()

/** Whom an account is for. */
export const NewUser = z.strictObject({ email: Email, name: Name })

export const Login = z.strictObject({
  email: Email,
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
  /** Stay signed in for 30 days without coming back, and not 7. */
  remember: z.boolean().optional(),
})
export type Login = z.infer<typeof Login>

/** What signing in and refreshing answer; the refresh token travels in a cookie of its own. */
export const Session = z.strictObject({
  accessToken: z.string(),
  /** Seconds the access token is good for. */
  expiresIn: z.int(),
  user: UserView,
})
export type Session = z.infer<typeof Session>

/** Where the password is not enough: what to send with a code to /auth/second-step. */
const Challenge = z.strictObject({
  challenge: z.string(),
  /** Seconds it is good for. */
  expiresIn: z.int(),
})

export const SignedIn = z.union([Session, Challenge])
export type SignedIn = z.infer<typeof SignedIn>

/** Somewhere a person is signed in. */
export const SessionView = z.strictObject({
  id: Id,
  startedAt: Instant,
  usedAt: Instant,
  /** As the browser says; it may say anything. */
  userAgent: z.string(),
  ip: z.string(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
})
export type SessionView = z.infer<typeof SessionView>

export const Sessions = z.strictObject({ items: z.array(SessionView) })

/** Whose sessions an operator ends. */
export const EndSessions = z.strictObject({ email: Email })

/** Who is signed in, and where they belong. */
export const Me = z.strictObject({
  user: UserView,
  workspaces: z.array(WorkspaceView),
  /** Whether they run the installation, whatever they are in its workspaces. */
  isOperator: z.boolean(),
  /** What they read; null is as each browser prefers. */
  language: z.enum(LANGUAGES).nullable(),
  /** By whose days and hours they live, as IANA names it; null is the browser's. */
  timeZone: z.string().nullable(),
})
export type Me = z.infer<typeof Me>

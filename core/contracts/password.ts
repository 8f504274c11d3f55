import { z } from 'zod'
import { Email, PASSWORD_CHARS_MAX } from './auth.ts'
import { LinkToken } from './link-token.ts'

export const ForgotPassword = z.strictObject({ email: Email })

export const ChangePassword = z.strictObject({
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
  newPassword: z.string().min(1).max(PASSWORD_CHARS_MAX),
})

/** The token of the link, and the password that is to be from now on. */
export const ResetPassword = z.strictObject({
  token: LinkToken,
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
})

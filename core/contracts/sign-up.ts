import { z } from 'zod'
import { Email, PASSWORD_CHARS_MAX } from './auth.ts'
import { LinkToken } from './link-token.ts'
import { Name } from './fields.ts'

export const SignUp = z.strictObject({ email: Email })

/** The token of the link, and who the account is for. */
export const FinishSignUp = z.strictObject({
  token: LinkToken,
  name: Name,
  password: z.string().min(1).max(PASSWORD_CHARS_MAX),
})

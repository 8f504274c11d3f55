import { z } from 'zod'
import { Email } from './auth.ts'
import { LinkToken } from './link-token.ts'
import { BothSteps } from './second-step.ts'

/** The address somebody wants; the code where they sign in by two steps. */
export const ChangeEmail = z.strictObject({
  email: Email,
  password: BothSteps.shape.password,
  code: BothSteps.shape.code.optional(),
})

export const ConfirmEmail = z.strictObject({ token: LinkToken })

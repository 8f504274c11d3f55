import { z } from 'zod'
import { PASSWORD_CHARS_MAX } from './auth.ts'

const CODE_CHARS_MAX = 64
const CHALLENGE_CHARS_MAX = 2_048

const Password = z.string().min(1).max(PASSWORD_CHARS_MAX)
/** Six digits of the app, or a recovery code; blanks and dashes in it do not matter. */
const Code = z.string().min(1).max(CODE_CHARS_MAX)

/** The second step of signing in. */
export const SecondStep = z.strictObject({
  challenge: z.string().min(1).max(CHALLENGE_CHARS_MAX),
  code: Code,
  /** As in the first step. */
  remember: z.boolean().optional(),
})

/** Whether somebody signs in by two steps, and how often they can without their phone. */
export const SecondStepView = z.strictObject({ isOn: z.boolean(), recoveryCodesLeft: z.int() })
export type SecondStepView = z.infer<typeof SecondStepView>

export const BeginTotp = z.strictObject({ password: Password })
/** The secret for an app: to be typed, or to be read from a QR code of the address. */
export const BegunTotp = z.strictObject({ secret: z.string(), uri: z.string() })

export const ConfirmTotp = z.strictObject({ code: Code })
/** Shown this once. */
export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) })

/** What a change to the second step asks for: both steps. */
export const BothSteps = z.strictObject({ password: Password, code: Code })

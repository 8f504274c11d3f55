import { z } from 'zod'
import { Id } from './fields.ts'
import { LinkToken } from './link-token.ts'
import { Instant } from './views.ts'

/** Who signs people in to this installation besides itself; null when nobody does. */
export const OidcView = z.strictObject({ name: z.string().nullable() })
export type OidcView = z.infer<typeof OidcView>

/** Where the browser is to go next. */
export const OidcAddress = z.strictObject({ url: z.string() })
export type OidcAddress = z.infer<typeof OidcAddress>

/** The token of an invitation, by which somebody may have an account where sign-up is closed. */
export const EnterElsewhere = z.strictObject({ invitation: LinkToken.optional() })

/** Something a person signs in with besides the password. */
const IdentityView = z.strictObject({
  id: Id,
  issuer: z.string(),
  /** As it was there when the two were linked. */
  email: z.string().nullable(),
  createdAt: Instant,
})
export type IdentityView = z.infer<typeof IdentityView>

export const Identities = z.strictObject({
  items: z.array(IdentityView),
  /** Without one, the last identity stays. */
  hasPassword: z.boolean(),
})
export type Identities = z.infer<typeof Identities>

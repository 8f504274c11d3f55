import type { Knex } from 'knex'
import { createUserByIdentity } from '#activities/auth/identities.ts'
import { userByIdentity, userIdByEmail } from '#activities/auth/queries.ts'
import { invitationOf } from '#activities/rbac/queries.ts'
import type { UserView } from '#core/contracts/views.ts'
import type { Context } from './context.ts'
import { logged, ofPerson } from './installation-log.ts'
import type { Claims } from './oidc-issuer.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'

/**
 * The account of somebody who was signed in elsewhere: the one they have or, when they may have one
 * and the issuer says that the address is theirs, a new one. Where sign-up is closed, whoever holds
 * the token of an invitation to that address may.
 */
export async function accountOf(
  { ctx, parts }: { ctx: Context; parts: Parts },
  claims: Claims,
  invitation: string | undefined,
): Promise<UserView> {
  const { database, config } = parts
  const known = await userByIdentity(database, claims)
  if (known) return known
  const { email, isVerified } = claims
  if (email === null || !isVerified) throw refuse('oidc.email_unverified')
  const exists = () => refuse('oidc.account_exists', { email })
  if (await userIdByEmail(database, email)) throw exists()
  const mayHaveOne = config.SIGN_UP === 'open' || (await isInvited(database, email, invitation))
  if (!mayHaveOne) throw refuse('oidc.no_account')
  const name = claims.name ?? email.slice(0, email.indexOf('@'))
  const made = await logged(
    { ctx, parts },
    async (trx) => await createUserByIdentity(trx, { ...claims, email, name }),
    (user) => user && { ...ofPerson('account.make', user.id), after: { issuer: claims.issuer } },
  )
  // Somebody else made it just now.
  if (!made) throw exists()
  return made
}

async function isInvited(
  database: Knex,
  email: string,
  token: string | undefined,
): Promise<boolean> {
  if (token === undefined) return false
  return (await invitationOf(database, token))?.email === email.toLowerCase()
}

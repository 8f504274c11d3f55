import { linkIdentity, unlinkIdentity } from '#activities/auth/identities.ts'
import { identitiesOf, userById } from '#activities/auth/queries.ts'
import { SignedIn } from '#core/contracts/auth.ts'
import { EnterElsewhere, Identities, OidcAddress, OidcView } from '#core/contracts/oidc.ts'
import type { InstallationAction } from '#core/kernel/installation-actions.ts'
import { accountOf } from '../account-of.ts'
import { beginSession } from '../begin-session.ts'
import type { Context } from '../context.ts'
import { logged } from '../installation-log.ts'
import { ARRIVAL, handed, takeBack } from '../oidc-cookies.ts'
import { departure } from '../oidc-pages.ts'
import type { Parts } from '../parts.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { tellOfChange } from '../send-letter.ts'

export const oidc: readonly Route[] = [
  route({
    method: 'get',
    path: '/auth/oidc',
    summary: 'Who signs people in besides the password, at /auth/oidc/start?returnTo=/',
    access: 'anyone',
    answer: OidcView,
    handle: async ({ parts }) => await Promise.resolve({ name: parts.oidc?.name ?? null }),
  }),
  route({
    method: 'post',
    path: '/auth/oidc/enter',
    summary: 'Sign in as whom the issuer has signed in, with a new account where they may have one',
    access: 'anyone',
    body: EnterElsewhere,
    answer: SignedIn,
    refusals: [
      'oidc.lost',
      'oidc.other_account',
      'oidc.email_unverified',
      'oidc.account_exists',
      'oidc.no_account',
    ],
    async handle({ ctx, parts, body }): Promise<SignedIn> {
      const arrival = arrivalOf(ctx, parts)
      if (arrival.linkTo !== null) throw refuse('oidc.other_account')
      const user = await accountOf({ ctx, parts }, arrival, body.invitation)
      takeBack(ctx, parts, ARRIVAL)
      return await beginSession({ ctx, parts }, user, arrival.remember)
    },
  }),
  route({
    method: 'post',
    path: '/auth/oidc/link',
    summary: 'Let the caller sign in as whom the issuer has signed in, from now on',
    access: 'session',
    status: 204,
    answer: null,
    refusals: ['oidc.lost', 'oidc.other_account', 'identity.taken', 'identity.limit'],
    async handle({ ctx, parts, userId }) {
      const { linkTo, isVerified, email, ...identity } = arrivalOf(ctx, parts)
      const user = await userById(parts.database, userId)
      // Begun by them in this session or, before they signed in, by who has their address.
      const isTheirs =
        linkTo === userId ||
        (linkTo === null && isVerified && email?.toLowerCase() === user?.email.toLowerCase())
      if (!isTheirs) throw refuse('oidc.other_account')
      const linked = await logged(
        { ctx, parts },
        async (trx) => await linkIdentity(trx, userId, { ...identity, email }),
        (id) => (id === null ? null : ofIdentity('identity.link', userId, id)),
      )
      takeBack(ctx, parts, ARRIVAL)
      // It outlasts the session it was linked in, and a new password.
      if (linked === null || !user || !parts.oidc) return
      const about = { email: user.email, issuer: parts.oidc.name }
      await tellOfChange({ ctx, parts }, { kind: 'identity-linked', ...about })
    },
  }),
  route({
    method: 'get',
    path: '/auth/identities',
    summary: 'What the caller signs in with besides the password',
    access: 'session',
    answer: Identities,
    handle: async ({ parts, userId }) => await identitiesOf(parts.database, userId),
  }),
  route({
    method: 'post',
    path: '/auth/identities/begin',
    summary: 'Where the browser is to go to be known by one more; it comes back to /account',
    access: 'session',
    answer: OidcAddress,
    refusals: ['oidc.not_set_up', 'oidc.away'],
    async handle({ ctx, parts, userId }) {
      const wish = { returnTo: '/account', remember: false, linkTo: userId }
      return { url: await departure(ctx, parts, wish) }
    },
  }),
  route({
    method: 'delete',
    path: '/auth/identities/:identityId',
    summary: 'Let the caller no longer sign in with it',
    access: 'session',
    status: 204,
    answer: null,
    refusals: ['identity.not_found', 'identity.last'],
    async handle({ ctx, parts, params: { identityId }, userId }) {
      const issuer = parts.oidc?.address ?? null
      await logged(
        { ctx, parts },
        async (trx) => await unlinkIdentity(trx, userId, identityId, issuer),
        () => ofIdentity('identity.unlink', userId, identityId),
      )
    },
  }),
]

const ofIdentity = (action: InstallationAction, actorId: string, targetId: string) => ({
  action,
  actorId,
  targetKind: 'identity',
  targetId,
})

function arrivalOf(ctx: Context, parts: Parts) {
  const arrival = handed(ctx, parts, ARRIVAL)
  if (!arrival) throw refuse('oidc.lost')
  return arrival
}

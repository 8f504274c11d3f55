import { recordAudit } from '#activities/audit/record.ts'
import { createUser } from '#activities/auth/create-user.ts'
import { userById } from '#activities/auth/queries.ts'
import { acceptInvitation } from '#activities/rbac/accept-invitation.ts'
import { invitationOf } from '#activities/rbac/queries.ts'
import { Session } from '#core/contracts/auth.ts'
import {
  Accepted,
  ByInvitation,
  OpenInvitation,
  SignUpByInvitation,
} from '#core/contracts/invitations.ts'
import { ofPerson, recordIn } from '../installation-log.ts'
import { newPasswordHash } from '../new-password.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'
import { signIn } from '../sign-in.ts'

/** What the person does who was invited; the token stands in bodies, so that no log has it. */
export const joining: readonly Route[] = [
  route({
    method: 'post',
    path: '/auth/invitation',
    summary: 'What the token of an invitation leads to; changes nothing',
    access: 'anyone',
    body: ByInvitation,
    answer: OpenInvitation,
    refusals: ['invitation.over'],
    async handle({ parts, body: { token } }) {
      const open = await invitationOf(parts.database, token)
      if (!open) throw refuse('invitation.over')
      return open
    },
  }),
  route({
    method: 'post',
    path: '/auth/invitation/accept',
    summary: 'Become a member by an invitation to the caller’s address; twice is as once',
    access: 'session',
    body: ByInvitation,
    answer: Accepted,
    refusals: ['invitation.over', 'invitation.other_address', 'invitation.inviter_may_not'],
    async handle({ ctx, parts, userId, body: { token } }) {
      const workspaceId = await parts.database.transaction(async (trx) => {
        const user = await userById(trx, userId)
        if (!user) throw refuse('auth.expired')
        return await acceptInvitation(trx, token, user, ctx.state, recordAudit)
      })
      return { workspaceId }
    },
  }),
  route({
    method: 'post',
    path: '/auth/invitation/sign-up',
    summary: 'Make an account for the address of an invitation, become a member, and sign in',
    access: 'anyone',
    body: SignUpByInvitation,
    answer: Session,
    refusals: [
      'invitation.over',
      'invitation.inviter_may_not',
      'account.exists',
      'password.too_short',
      'password.too_common',
      'password.personal',
    ],
    async handle({ ctx, parts, body: { token, name, password } }) {
      const open = await invitationOf(parts.database, token)
      if (!open) throw refuse('invitation.over')
      const { email, hasAccount } = open
      if (hasAccount) throw refuse('account.exists')
      const passwordHash = await newPasswordHash({ ctx, parts }, { name, email }, password)
      const user = await parts.database.transaction(async (trx) => {
        const made = await createUser(trx, { email, name, passwordHash })
        // Somebody made it just now, maybe in another tab.
        if (!made) throw refuse('account.exists')
        await recordIn(trx, ctx, ofPerson('account.make', made.id))
        await acceptInvitation(trx, token, made, ctx.state, recordAudit)
        return made
      })
      return await signIn({ ctx, parts }, user, false)
    },
  }),
]

import { z } from 'zod'
import { recordAudit } from '#activities/audit/record.ts'
import { renewInvitation, takeBackInvitation } from '#activities/rbac/change-invitation.ts'
import { invitePeople, type Invited } from '#activities/rbac/invite-people.ts'
import type { Inviting } from '#activities/rbac/inviting.ts'
import { invitationsTo } from '#activities/rbac/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import { InvitationView, NewInvitations } from '#core/contracts/invitations.ts'
import { PageAsked } from '#core/contracts/page.ts'
import { pageOf } from '#core/contracts/views.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { denialsWritten } from '../denials-written.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'
import { needMail, tellOfChange } from '../send-letter.ts'

const REFUSALS = ['workspace.not_found', 'permission.denied', 'invitation.not_found'] as const

export const invitations: readonly Route[] = [
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/invitations',
    summary: 'Who is invited to a workspace and has not come yet, by address',
    permission: 'members.manage',
    query: PageAsked,
    answer: pageOf(InvitationView),
    refusals: ['workspace.not_found'],
    async handle(call) {
      const { workspaceId } = call.params
      return await ofVisible(call, ['workspace', workspaceId], (db) =>
        invitationsTo(db, workspaceId, call.query),
      )
    },
  }),
  route({
    method: 'post',
    path: '/workspaces/:workspaceId/invitations',
    summary: 'Invite people by their addresses, all of them or nobody',
    permission: 'members.manage',
    body: NewInvitations,
    status: 201,
    answer: z.strictObject({ ids: z.array(Id) }),
    refusals: [
      'workspace.not_found',
      'permission.denied',
      'role.not_found',
      'member.exists',
      'invitation.exists',
      'invitation.limit',
      'request.too_many',
      'command.key_reused',
      'mail.not_set_up',
    ],
    async handle(call) {
      const { params, parts, body, key } = call
      const wanted = { ...body, key, emails: [...new Set(body.emails)] }
      const what = ['invitation.create', 'workspace', params.workspaceId] as const
      const { ids, unwritten } = await change(call, what, async (asking) => {
        needMail(call)
        return await invitePeople(parts.database, asking, wanted, recordAudit)
      })
      await Promise.all(unwritten.map((each) => write(call, each)))
      return { ids }
    },
  }),
  route({
    method: 'post',
    path: '/workspaces/:workspaceId/invitations/:invitationId/send',
    summary: 'Send an invitation again, in the name of the caller and with a new link',
    permission: 'members.manage',
    status: 204,
    answer: null,
    refusals: [...REFUSALS, 'invitation.too_soon', 'request.too_many', 'mail.not_set_up'],
    async handle(call) {
      const { params, parts } = call
      const what = ['invitation.renew', 'invitation', params.invitationId] as const
      const renewed = await change(call, what, async (asking) => {
        needMail(call)
        return await renewInvitation(parts.database, asking, params.invitationId, recordAudit)
      })
      await write(call, renewed)
    },
  }),
  route({
    method: 'delete',
    path: '/workspaces/:workspaceId/invitations/:invitationId',
    summary: 'Take an invitation back',
    permission: 'members.manage',
    status: 204,
    answer: null,
    refusals: REFUSALS,
    async handle(call) {
      const { params, parts } = call
      const what = ['invitation.take_back', 'invitation', params.invitationId] as const
      await change(call, what, (asking) =>
        takeBackInvitation(parts.database, asking, params.invitationId, recordAudit),
      )
    },
  }),
]

type What = readonly [action: string, targetKind: string, targetId: string]

/** For who manages the workspace's members; what is beyond their own rights is written down too. */
async function change<Result>(
  call: Asked,
  [action, targetKind, targetId]: What,
  work: (asking: Inviting) => Promise<Result>,
): Promise<Result> {
  const { ctx, parts, params } = call
  const workspaceId = params['workspaceId']!
  await ofVisible(call, ['workspace', workspaceId], async () => {})
  const asking = { workspaceId, ...askingOf(call) }
  return await denialsWritten(parts, { ...asking, action, targetKind, targetId }, async () => {
    return await work(asking).catch((error: unknown) => {
      const waitS = error instanceof Refusal && error.details['retryAfterS']
      if (typeof waitS === 'number') ctx.set('retry-after', String(waitS))
      throw error
    })
  })
}

/** The list says whose letter did not go out. */
const write = async (call: Asked, { email, invitationId }: Invited) =>
  await tellOfChange(call, { kind: 'invitation', email, invitationId })

import { recordDenial } from '#activities/audit/denials.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { changeMember } from '#activities/rbac/change-member.ts'
import { membersOf } from '#activities/rbac/queries.ts'
import { MemberRole } from '#core/contracts/members.ts'
import { PageAsked } from '#core/contracts/page.ts'
import { MemberView, pageOf } from '#core/contracts/views.ts'
import type { Role } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

export const members: readonly Route[] = [
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/members',
    summary: 'The people of a workspace, by name',
    query: PageAsked,
    answer: pageOf(MemberView),
    refusals: ['workspace.not_found'],
    async handle(call) {
      return await ofVisible(call, ['workspace', call.params.workspaceId], (db) =>
        membersOf(db, call.params.workspaceId, call.query),
      )
    },
  }),
  route({
    method: 'patch',
    path: '/workspaces/:workspaceId/members/:userId',
    summary: 'Give a member another role',
    permission: 'members.manage',
    body: MemberRole,
    status: 204,
    answer: null,
    refusals: ['workspace.not_found', 'member.not_found', 'member.last_owner', 'permission.denied'],
    async handle(call) {
      await change(call, call.body.role)
    },
  }),
  route({
    method: 'delete',
    path: '/workspaces/:workspaceId/members/:userId',
    summary: 'Take a member out of a workspace, or leave it',
    permission: 'members.manage',
    status: 204,
    answer: null,
    refusals: ['workspace.not_found', 'member.not_found', 'member.last_owner', 'permission.denied'],
    async handle(call) {
      await change(call, null)
    },
  }),
]

async function change(call: Asked, role: Role | null): Promise<undefined> {
  const { ctx, parts, params, userId: actorId } = call
  const [workspaceId, userId] = [params['workspaceId']!, params['userId']!]
  const isLeaving = role === null && userId === actorId
  const permission = isLeaving ? 'board.read' : call.permission
  await ofVisible({ ...call, permission }, ['workspace', workspaceId], async () => {})
  const asked = { workspaceId, actorId, requestId: ctx.state.requestId, ip: ctx.state.ip }
  try {
    await changeMember(parts.database, { ...asked, userId, role }, recordAudit)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'permission.denied') {
      const action = role === null ? 'member.remove' : 'member.role'
      const what = { action, targetKind: 'user', targetId: userId, commandId: null }
      await recordDenial(parts.database, { ...asked, ...what })
    }
    throw error
  }
}

import { recordAudit } from '#activities/audit/record.ts'
import { botsOf } from '#activities/automation/queries.ts'
import { changeMember } from '#activities/rbac/change-member.ts'
import { membersOf } from '#activities/rbac/queries.ts'
import { ListedBot } from '#core/contracts/flows/views.ts'
import { ListedMember, RoleGiven } from '#core/contracts/members.ts'
import { PageAsked } from '#core/contracts/page.ts'
import { pageOf } from '#core/contracts/views.ts'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { denialsWritten } from '../denials-written.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

const REFUSALS = [
  'workspace.not_found',
  'member.not_found',
  'member.last_owner',
  'permission.denied',
] as const

export const members: readonly Route[] = [
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/members',
    summary: 'The people of a workspace, by name',
    query: PageAsked,
    answer: pageOf(ListedMember),
    refusals: ['workspace.not_found'],
    async handle(call) {
      return await ofVisible(call, ['workspace', call.params.workspaceId], (db) =>
        membersOf(db, call.params.workspaceId, call.query),
      )
    },
  }),
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/bots',
    summary: 'The bots of the flows of a workspace, by name',
    query: PageAsked,
    answer: pageOf(ListedBot),
    refusals: ['workspace.not_found'],
    async handle(call) {
      return await ofVisible(call, ['workspace', call.params.workspaceId], (db) =>
        botsOf(db, call.params.workspaceId, call.query),
      )
    },
  }),
  route({
    method: 'patch',
    path: '/workspaces/:workspaceId/members/:userId',
    summary: 'Give a member another role',
    permission: 'members.manage',
    body: RoleGiven,
    status: 204,
    answer: null,
    refusals: [...REFUSALS, 'role.not_found'],
    async handle(call) {
      await change(call, call.body)
    },
  }),
  route({
    method: 'delete',
    path: '/workspaces/:workspaceId/members/:userId',
    summary: 'Take a member out of a workspace, or leave it',
    permission: 'members.manage',
    status: 204,
    answer: null,
    refusals: REFUSALS,
    async handle(call) {
      await change(call, null)
    },
  }),
]

async function change(call: Asked, given: RoleGiven | null): Promise<undefined> {
  const { parts, params, userId: actorId } = call
  const [workspaceId, userId] = [params['workspaceId']!, params['userId']!]
  const isLeaving = given === null && userId === actorId
  const permission = isLeaving ? 'board.read' : call.permission
  await ofVisible({ ...call, permission }, ['workspace', workspaceId], async () => {})
  const asked = { workspaceId, ...askingOf(call) }
  const action = given === null ? 'member.remove' : 'member.role'
  const what = { action, targetKind: 'user', targetId: userId }
  await denialsWritten(parts, { ...asked, ...what }, async () => {
    await changeMember(parts.database, { ...asked, userId, given }, recordAudit)
  })
}

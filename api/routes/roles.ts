import { recordAudit } from '#activities/audit/record.ts'
import { createRole, deleteRole, editRole, type RoleAsked } from '#activities/rbac/change-roles.ts'
import { rolesOf } from '#activities/rbac/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import { NewRole, RoleChanges, Roles } from '#core/contracts/roles.ts'
import { z } from 'zod'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { denialsWritten } from '../denials-written.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

export const roles: readonly Route[] = [
  route({
    method: 'get',
    path: '/workspaces/:workspaceId/roles',
    summary: 'The roles a workspace has made, by name',
    answer: Roles,
    refusals: ['workspace.not_found'],
    async handle(call) {
      return await ofVisible(call, ['workspace', call.params.workspaceId], async (db) => ({
        items: await rolesOf(db, call.params.workspaceId),
      }))
    },
  }),
  route({
    method: 'post',
    path: '/workspaces/:workspaceId/roles',
    summary: 'Make a role of permissions the caller holds; its id is the Idempotency-Key',
    permission: 'members.manage',
    body: NewRole,
    status: 201,
    answer: z.strictObject({ id: Id }),
    refusals: [
      'workspace.not_found',
      'role.limit',
      'role.name_taken',
      'request.id_taken',
      'command.key_reused',
      'permission.denied',
    ],
    async handle(call) {
      const { parts, params, body, key: id } = call
      return await change(call, 'role.create', params.workspaceId, async (asked) => {
        await createRole(parts.database, asked, { ...body, id }, recordAudit)
        return { id }
      })
    },
  }),
  route({
    method: 'patch',
    path: '/workspaces/:workspaceId/roles/:roleId',
    summary: 'Change a role, for everybody who has it',
    permission: 'members.manage',
    body: RoleChanges,
    status: 204,
    answer: null,
    refusals: ['workspace.not_found', 'role.not_found', 'role.name_taken', 'permission.denied'],
    async handle(call) {
      const { parts, params, body } = call
      await change(call, 'role.edit', params.roleId, (asked) =>
        editRole(parts.database, asked, params.roleId, body, recordAudit),
      )
    },
  }),
  route({
    method: 'delete',
    path: '/workspaces/:workspaceId/roles/:roleId',
    summary: 'Take away a role that nobody has',
    permission: 'members.manage',
    status: 204,
    answer: null,
    refusals: ['workspace.not_found', 'role.not_found', 'role.in_use', 'permission.denied'],
    async handle(call) {
      const { parts, params } = call
      await change(call, 'role.delete', params.roleId, (asked) =>
        deleteRole(parts.database, asked, params.roleId, recordAudit),
      )
    },
  }),
]

/** For who manages the workspace's members; what is beyond their own rights is written down too. */
async function change<Result>(
  call: Asked,
  action: string,
  targetId: string,
  work: (asked: RoleAsked) => Promise<Result>,
): Promise<Result> {
  const { parts, params } = call
  const workspaceId = params['workspaceId']!
  await ofVisible(call, ['workspace', workspaceId], async () => {})
  const asked = { workspaceId, ...askingOf(call) }
  const targetKind = targetId === workspaceId ? 'workspace' : 'role'
  return await denialsWritten(parts, { ...asked, action, targetKind, targetId }, () => work(asked))
}

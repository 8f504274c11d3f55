import { recordAudit } from '#activities/audit/record.ts'
import {
  deleteWorkspace,
  renameWorkspace,
  restoreWorkspace,
} from '#activities/rbac/change-workspace.ts'
import { createWorkspace } from '#activities/rbac/create-workspace.ts'
import { deletedWorkspacesOf } from '#activities/rbac/queries.ts'
import { WorkspaceView } from '#core/contracts/views.ts'
import { DeletedWorkspaces, WorkspaceName } from '#core/contracts/workspaces.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { askingOf } from '../asking-of.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

export const workspaces: readonly Route[] = [
  route({
    method: 'post',
    path: '/workspaces',
    summary: 'Make a workspace, as its owner; its id is the Idempotency-Key',
    body: WorkspaceName,
    status: 201,
    answer: WorkspaceView,
    refusals: ['workspace.limit', 'request.id_taken'],
    async handle(call) {
      const wanted = { id: call.key, name: call.body.name }
      return await createWorkspace(call.parts.database, askingOf(call), wanted, recordAudit)
    },
  }),
  route({
    method: 'patch',
    path: '/workspaces/:workspaceId',
    summary: 'Give a workspace another name',
    permission: 'workspace.manage',
    body: WorkspaceName,
    status: 204,
    answer: null,
    refusals: ['workspace.not_found', 'permission.denied'],
    async handle(call) {
      const { workspaceId } = call.params
      await ofVisible(call, ['workspace', workspaceId], async () => {})
      const wanted = { workspaceId, ...call.body }
      await renameWorkspace(call.parts.database, askingOf(call), wanted, recordAudit)
    },
  }),
  route({
    method: 'post',
    path: '/workspaces/:workspaceId/delete',
    summary: 'Delete a workspace, by its name; its owners can bring it back for 30 days',
    permission: 'workspace.manage',
    body: WorkspaceName,
    status: 204,
    answer: null,
    refusals: ['workspace.not_found', 'workspace.other_name', 'permission.denied'],
    async handle(call) {
      const { workspaceId } = call.params
      await ofVisible(call, ['workspace', workspaceId], async () => {})
      const named = { workspaceId, ...call.body }
      await deleteWorkspace(call.parts.database, askingOf(call), named, recordAudit)
    },
  }),
  route({
    method: 'get',
    path: '/deleted-workspaces',
    summary: 'The workspaces the caller can bring back, the latest first',
    answer: DeletedWorkspaces,
    async handle({ parts, userId }) {
      return { items: await readAs(parts.database, { userId }, deletedWorkspacesOf) }
    },
  }),
  route({
    method: 'post',
    path: '/deleted-workspaces/:deletedId/restore',
    summary: 'Bring back a deleted workspace, with everybody and everything in it',
    status: 204,
    answer: null,
    refusals: ['workspace.not_found'],
    async handle(call) {
      const { deletedId } = call.params
      await restoreWorkspace(call.parts.database, askingOf(call), deletedId, recordAudit)
    },
  }),
]

import { recordAudit } from '#activities/audit/record.ts'
import { changeProjectRole } from '#activities/rbac/change-project-role.ts'
import { projectPeople } from '#activities/rbac/queries.ts'
import { ProjectPeople, ProjectRoleGiven } from '#core/contracts/members.ts'
import { PageAsked } from '#core/contracts/page.ts'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { denialsWritten } from '../denials-written.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

const REFUSALS = ['project.not_found', 'permission.denied'] as const
const OF_SOMEBODY = [...REFUSALS, 'member.not_found', 'member.keeps_rights'] as const
const CHANGE = { permission: 'members.manage', status: 204, answer: null } as const

export const projectRoles: readonly Route[] = [
  route({
    method: 'get',
    path: '/projects/:projectId/members',
    summary: 'The people of a project, by name, and what they are in it',
    query: PageAsked,
    answer: ProjectPeople,
    refusals: ['project.not_found'],
    async handle(call) {
      return await ofVisible(call, ['project', call.params.projectId], (db) =>
        projectPeople(db, call.params.projectId, call.query),
      )
    },
  }),
  route({
    ...CHANGE,
    method: 'put',
    path: '/projects/:projectId/members/:userId',
    summary: 'Give a member another role in one project, or keep them from it',
    body: ProjectRoleGiven,
    refusals: [...OF_SOMEBODY, 'role.not_found'],
    async handle(call) {
      await change(call, call.params.userId, call.body)
    },
  }),
  route({
    ...CHANGE,
    method: 'delete',
    path: '/projects/:projectId/members/:userId',
    summary: 'Let a member be in a project what everybody else is there',
    refusals: OF_SOMEBODY,
    async handle(call) {
      await change(call, call.params.userId, null)
    },
  }),
  route({
    ...CHANGE,
    method: 'put',
    path: '/projects/:projectId/everybody',
    summary:
      'Give everybody who is not named another role in one project; with `none` it is private',
    body: ProjectRoleGiven,
    refusals: [...REFUSALS, 'role.not_found', 'member.not_named'],
    async handle(call) {
      await change(call, null, call.body)
    },
  }),
  route({
    ...CHANGE,
    method: 'delete',
    path: '/projects/:projectId/everybody',
    summary: 'Let everybody who is not named be in a project what they are in its workspace',
    refusals: REFUSALS,
    async handle(call) {
      await change(call, null, null)
    },
  }),
]

/** For who manages the people of the project; what is beyond their own rights is written down too. */
async function change(
  call: Asked,
  userId: string | null,
  given: ProjectRoleGiven | null,
): Promise<undefined> {
  const { parts, params } = call
  const projectId = params['projectId']!
  const { workspaceId } = await ofVisible(call, ['project', projectId], async (_, found) => found)
  const asked = { workspaceId, ...askingOf(call) }
  const what = { action: 'project.role', targetKind: 'project', targetId: projectId }
  await denialsWritten(parts, { ...asked, ...what }, async () => {
    await changeProjectRole(parts.database, { ...asked, projectId, userId, given }, recordAudit)
  })
}

import { keepSecret } from '#activities/automation/keep-secret.ts'
import { projectLine } from '#activities/automation/project-line.ts'
import { secretsOfProject } from '#activities/automation/queries.ts'
import { removeSecret } from '#activities/automation/remove-secret.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { NewSecret, RemovingSecret, SecretList } from '#core/contracts/flows/outside.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { changeProject } from '../change-project.ts'
import { ofVisible } from '../guards.ts'
import { route, type Route } from '../route.ts'

const REFUSALS = ['project.not_found', 'permission.denied'] as const

/** Secrets that flows of a project send to servers outside. */
export const flowSecrets: readonly Route[] = [
  route({
    method: 'get',
    path: '/projects/:projectId/secrets',
    summary: 'The secrets of a project, by name, with the flows that use them; never their values',
    permission: 'board.configure',
    answer: SecretList,
    refusals: REFUSALS,
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], async (db) => ({
        items: await secretsOfProject(db, projectId),
      }))
    },
  }),
  route({
    method: 'post',
    path: '/projects/:projectId/secrets',
    summary:
      'Keep a secret under a name, instead of the one it had; flows use it from their next step on',
    permission: 'project.configure',
    body: NewSecret,
    status: 204,
    answer: null,
    refusals: [...REFUSALS, 'secret.limit'],
    async handle(call) {
      const { parts, userId, params, body } = call
      const keyring = readKeyring(parts.config.MASTER_KEY)
      await changeProject(call, params.projectId, async (trx, asked) => {
        const { workspaceId, projectId } = asked
        await keepSecret(trx, keyring, { workspaceId, projectId, userId, ...body })
        await recordAudit(trx, [projectLine(asked, 'secret.keep', null, { name: body.name })])
      })
    },
  }),
  route({
    method: 'delete',
    path: '/projects/:projectId/secrets/:secretId',
    summary: 'Forget a secret; one that flows use only when that is forced',
    permission: 'project.configure',
    query: RemovingSecret,
    status: 204,
    answer: null,
    refusals: [...REFUSALS, 'secret.not_found', 'secret.in_use'],
    async handle(call) {
      const { projectId, secretId: id } = call.params
      const isForced = call.query.force === 'true'
      await changeProject(call, projectId, async (trx, asked) => {
        const name = await removeSecret(trx, { projectId, id, isForced })
        await recordAudit(trx, [projectLine(asked, 'secret.remove', { name }, null)])
      })
    },
  }),
]

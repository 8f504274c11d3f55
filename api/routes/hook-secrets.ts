import { lineOf } from '#activities/automation/change-flow.ts'
import { tellHookSecret } from '#activities/automation/hook-secret.ts'
import { projectLine } from '#activities/automation/project-line.ts'
import { hookFlowsOf } from '#activities/automation/queries.ts'
import { signingSecret } from '#activities/automation/webhook-signature.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { AskingSecret, HookFlows, SigningSecret } from '#core/contracts/flows/outside.ts'
import { changeFlow } from '../change-flow.ts'
import { changeProject } from '../change-project.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

/** What messages to flows and from them are signed with. */
export const hookSecrets: readonly Route[] = [
  route({
    method: 'get',
    path: '/projects/:projectId/hooks',
    summary: 'The flows of a project that messages from outside start, and where those go',
    permission: 'board.configure',
    answer: HookFlows,
    refusals: ['project.not_found', 'permission.denied'],
    async handle(call) {
      const { projectId } = call.params
      const { PUBLIC_URL } = call.parts.config
      return await ofVisible(call, ['project', projectId], async (db) => ({
        items: (await hookFlowsOf(db, projectId)).map((flow) => ({
          ...flow,
          address: new URL(`/api/v1/hooks/${flow.flowId}`, PUBLIC_URL).href,
        })),
      }))
    },
  }),
  route({
    method: 'post',
    path: '/flows/:flowId/hook-secret',
    summary: 'What messages to a flow have to be signed with; a new one ends the one there was',
    permission: 'project.configure',
    body: AskingSecret,
    answer: SigningSecret,
    refusals: ['flow.not_found', 'hook.not_found', 'permission.denied'],
    async handle(call) {
      const { parts, params, body } = call
      const { flowId } = params
      return await changeFlow(call, flowId, async (trx, asked) => {
        const wanted = { flowId, isRenewed: body.renew }
        const secret = await tellHookSecret(trx, parts.config.COMMAND_KEY, wanted)
        if (secret === null) throw refuse('hook.not_found')
        const action = body.renew ? 'hook.renew' : 'hook.show'
        await recordAudit(trx, [lineOf(asked, action, null, null)])
        return { secret }
      })
    },
  }),
  route({
    method: 'post',
    path: '/projects/:projectId/signing-secret',
    summary: 'What webhooks that flows of a project send are signed with',
    permission: 'project.configure',
    answer: SigningSecret,
    refusals: ['project.not_found', 'permission.denied'],
    async handle(call) {
      const { projectId } = call.params
      const secret = signingSecret(call.parts.config.COMMAND_KEY, projectId)
      return await changeProject(call, projectId, async (trx, asked) => {
        await recordAudit(trx, [projectLine(asked, 'webhook.secret', null, null)])
        return { secret }
      })
    },
  }),
]

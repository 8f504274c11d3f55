import { allowHost, shutHost } from '#activities/automation/egress-hosts.ts'
import { projectLine } from '#activities/automation/project-line.ts'
import { deliveriesOf, hostsOf } from '#activities/automation/queries.ts'
import { sendAgain } from '#activities/automation/send-again.ts'
import { egressDenials } from '#activities/audit/queries.ts'
import { recordAudit } from '#activities/audit/record.ts'
import {
  DeliveriesAsked,
  DeliveryPage,
  EgressDenials,
  HostList,
  NamedHost,
} from '#core/contracts/flows/outside.ts'
import { changeProject } from '../change-project.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

const REFUSALS = ['project.not_found', 'permission.denied'] as const
const OF_HOST = {
  permission: 'project.configure',
  body: NamedHost,
  status: 204,
  answer: null,
} as const

/** What flows of a project may ask outside, and what they send there. */
export const outside: readonly Route[] = [
  route({
    method: 'get',
    path: '/projects/:projectId/hosts',
    summary: 'The servers outside that flows of a project may ask',
    permission: 'board.configure',
    answer: HostList,
    refusals: REFUSALS,
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], async (db) => ({
        items: await hostsOf(db, projectId),
      }))
    },
  }),
  route({
    ...OF_HOST,
    method: 'post',
    path: '/projects/:projectId/hosts/allow',
    summary:
      'Let flows of a project ask a server outside: a.example, *.a.example or a.example:8443',
    refusals: [...REFUSALS, 'host.limit'],
    async handle(call) {
      const { userId, params, body } = call
      await changeProject(call, params.projectId, async (trx, asked) => {
        const { workspaceId, projectId } = asked
        if (!(await allowHost(trx, { workspaceId, projectId, userId, ...body }))) return
        await recordAudit(trx, [projectLine(asked, 'egress.allow', null, body)])
      })
    },
  }),
  route({
    ...OF_HOST,
    method: 'post',
    path: '/projects/:projectId/hosts/shut',
    summary: 'Let flows of a project ask a server no more',
    refusals: REFUSALS,
    async handle(call) {
      const { params, body } = call
      await changeProject(call, params.projectId, async (trx, asked) => {
        if (!(await shutHost(trx, { projectId: params.projectId, ...body }))) return
        await recordAudit(trx, [projectLine(asked, 'egress.shut', body, null)])
      })
    },
  }),
  route({
    method: 'get',
    path: '/projects/:projectId/denials',
    summary: 'The last times flows of a project were kept from asking a server outside',
    permission: 'audit.read',
    answer: EgressDenials,
    refusals: REFUSALS,
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], async (db) => ({
        items: await egressDenials(db, projectId),
      }))
    },
  }),
  route({
    method: 'get',
    path: '/projects/:projectId/deliveries',
    summary:
      'The webhooks flows of a project send, the newest first; those of a status when so asked',
    permission: 'board.configure',
    query: DeliveriesAsked,
    answer: DeliveryPage,
    refusals: REFUSALS,
    async handle(call) {
      const { projectId } = call.params
      return await ofVisible(call, ['project', projectId], (db) =>
        deliveriesOf(db, projectId, call.query),
      )
    },
  }),
  route({
    method: 'post',
    path: '/projects/:projectId/deliveries/:deliveryId/again',
    summary:
      'Send a webhook again that nobody took, from the first try on and under its old number',
    permission: 'board.configure',
    status: 204,
    answer: null,
    refusals: [...REFUSALS, 'delivery.not_found'],
    async handle(call) {
      const { projectId, deliveryId: id } = call.params
      await changeProject(call, projectId, async (trx, asked) => {
        if (!(await sendAgain(trx, { projectId, id }))) throw refuse('delivery.not_found')
        await recordAudit(trx, [projectLine(asked, 'webhook.again', null, { delivery: id })])
      })
    },
  }),
]

import type { Knex } from 'knex'
import { lineOf } from '#activities/automation/change-flow.ts'
import { boardOfCard, buttonsOn } from '#activities/automation/queries.ts'
import { requestedRun, requestFlow } from '#activities/automation/request-flow.ts'
import { recordAudit } from '#activities/audit/record.ts'
import type { TargetKind } from '#core/contracts/action.ts'
import { FlowButtons, Pressed } from '#core/contracts/flows/buttons.ts'
import { CARD_RULES } from '#core/kernel/permissions.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { outboxChannel } from '#core/platform/channels.ts'
import { askingOf } from '../asking-of.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

/** Flows that somebody starts by hand. */
export const buttons: readonly Route[] = [
  route({
    method: 'get',
    path: '/boards/:boardId/buttons',
    summary: 'The buttons of flows, on a board and on each of its cards',
    answer: FlowButtons,
    refusals: ['board.not_found'],
    async handle(call) {
      const { boardId } = call.params
      return await ofVisible(call, ['board', boardId], async (db) => ({
        items: await buttonsOn(db, boardId),
      }))
    },
  }),
  route({
    method: 'post',
    path: '/cards/:cardId/buttons/:flowId',
    summary:
      'Press the button of a flow on a card; pressed again with the same key it is one press',
    ...CARD_RULES.work,
    status: 202,
    answer: Pressed,
    refusals: ['card.not_found', 'button.not_found', 'permission.denied'],
    async handle(call) {
      const { cardId, flowId } = call.params
      const found = await pressed(call, ['card', cardId], (db) => boardOfCard(db, cardId))
      return await press(call, flowId, 'button.card', cardId, found)
    },
  }),
  route({
    method: 'post',
    path: '/boards/:boardId/buttons/:flowId',
    summary:
      'Press the button of a flow on a board; pressed again with the same key it is one press',
    permission: 'card.write',
    status: 202,
    answer: Pressed,
    refusals: ['board.not_found', 'button.not_found', 'permission.denied'],
    async handle(call) {
      const { boardId, flowId } = call.params
      const found = await pressed(call, ['board', boardId], async () => boardId)
      return await press(call, flowId, 'button.board', null, found)
    },
  }),
]

/** The board of what is pressed on, and the flows that have a button there. */
const pressed = async (
  call: Asked,
  target: [kind: TargetKind, id: string],
  boardOf: (db: Knex.Transaction) => Promise<string | null>,
) =>
  await ofVisible(call, target, async (db, { workspaceId }) => {
    const boardId = await boardOf(db)
    return { workspaceId, boardId, there: boardId === null ? [] : await buttonsOn(db, boardId) }
  })

async function press(
  call: Asked,
  flowId: string,
  kind: 'button.card' | 'button.board',
  cardId: string | null,
  { workspaceId, boardId, there }: Awaited<ReturnType<typeof pressed>>,
): Promise<{ runId: string }> {
  const { parts, userId, key } = call
  const { config, database, redis } = parts
  const isThere = there.some((each) => each.flowId === flowId && `button.${each.kind}` === kind)
  if (!isThere) throw refuse('button.not_found')
  // A key of one person's is none of another's.
  const deliveryId = `${userId}/${key}`
  const given = kind === 'button.board' ? { boardId } : {}
  const runId = requestedRun(flowId, deliveryId)
  const line = lineOf({ workspaceId, flowId, ...askingOf(call) }, 'button.press', null, {
    run: runId,
    on: cardId ?? boardId,
  })
  await writeAs(database, { userId, workspaceId }, async (trx) => {
    const kept = await requestFlow(trx, { flowId, deliveryId, kind, userId, cardId, given })
    if (kept === 'nobody') throw refuse('button.not_found')
    if (kept === 'taken') await recordAudit(trx, [line])
  })
  // Whoever does not hear of it looks within a second.
  redis.publish(outboxChannel(config.REDIS_PREFIX), '').catch(() => {})
  return { runId }
}

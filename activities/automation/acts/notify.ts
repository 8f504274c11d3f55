import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { bodyOf } from '../body-of.ts'
import { homeOf } from '../home-of.ts'
import { seenCard } from '../seen-card.ts'
import type { DoAct } from '../tools.ts'
import { peopleAsked } from './people-asked.ts'
import { tellEach } from './tell-each.ts'

const EXCERPT_CHARS_MAX = 500

/** Puts a message about a card into inboxes; how each reader is told, they have chosen. */
export const notify: DoAct = async (tools, order) => {
  const { database, countNews, tell } = tools
  const wanted = bodyOf(nodes['notify']!.params, order.with) as {
    to: unknown
    text: string
    cardId: string
  }
  const { workspaceId, actorId } = order
  const { projectId } = await homeOf(database, order)
  const { boardId } = await seenCard(database, actorId, wanted.cardId)
  const output = await writeAs(database, { workspaceId }, async (trx) => {
    const people = await peopleAsked(trx, { workspaceId, projectId }, wanted.to)
    const { told, notTold } = await tellEach(people, countNews)
    const news = told.map((person) => ({
      workspaceId,
      userId: person,
      kind: 'flow' as const,
      boardId,
      cardId: wanted.cardId,
      excerpt: wanted.text.slice(0, EXCERPT_CHARS_MAX),
      effectKey: `flow/${order.key}/${person}`,
    }))
    await tell(trx, news)
    return { count: told.length, notTold }
  })
  return { output, cards: 0 }
}

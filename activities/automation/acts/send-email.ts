import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { bodyOf } from '../body-of.ts'
import { commandIdOf } from '../command-id.ts'
import { homeOf } from '../home-of.ts'
import type { DoAct } from '../tools.ts'
import { peopleAsked } from './people-asked.ts'
import { tellEach } from './tell-each.ts'

/** Writes to members who see the project, each a letter of their own. */
export const sendEmail: DoAct = async (tools, order) => {
  const { database, write } = tools
  const { to, subject, text } = bodyOf(nodes['email.send']!.params, order.with) as {
    to: unknown
    subject: string
    text: string
  }
  const { workspaceId } = order
  const { projectId } = await homeOf(database, order)
  const people = await readAs(database, { workspaceId }, async (trx) => {
    const ids = await peopleAsked(trx, { workspaceId, projectId }, to)
    return await trx('users')
      .whereIn('id', ids)
      .select<{ id: string; email: string }[]>('id', 'email')
  })
  // What a template fills in may hold lines, and a subject has one.
  const line = subject.replaceAll(/\s+/g, ' ').trim()
  const emails = new Map(people.map(({ id, email }) => [id, email]))
  const { told, notTold } = await tellEach([...emails.keys()], async (id) => {
    const email = emails.get(id)!
    await write({ id: commandIdOf(`${order.key}/${id}`), email, subject: line, text })
  })
  return { output: { count: told.length, notTold }, cards: 0 }
}

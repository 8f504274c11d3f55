import { draft, step } from '#tests/support/flows/a-flow.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'
import type { Team } from './team.ts'

/** A flow of one step, which runs code that is given the title of the card; answers its id. */
export async function aFlowOfCode({ database, board }: Team, code: string): Promise<string> {
  const input = { title: '{{ card.title }}' }
  return await aPublishedFlow(database, board, draft([step('run', 'code.run', { code, input })]))
}

import type { Knex } from 'knex'
import { memberIds } from '#activities/rbac/queries.ts'
import { refuseStep } from '../refuse-step.ts'

/** Of the people somebody names, those who are members and see the flow's project. */
export async function peopleAsked(
  trx: Knex.Transaction,
  of: { workspaceId: string; projectId: string },
  to: unknown,
): Promise<string[]> {
  const named = [...new Set([to].flat().filter((each) => typeof each === 'string'))]
  const seers = await memberIds(trx, of, named.filter(isId))
  if (seers.size > 0) return [...seers]
  throw refuseStep('flow.nobody_there', 'None of these people sees the project: choose others.')
}

const isId = (text: string) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text)

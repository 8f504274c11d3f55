import { readAs } from '#core/platform/acting-as.ts'
import { open } from '#core/platform/envelope.ts'
import { refuseStep } from './refuse-step.ts'
import { secretContext } from './keep-secret.ts'
import type { ActTools } from './tools.ts'

/** The values of secrets of a project, by name; refuses when one is not there. */
export async function secretsOf(
  { database, keyring }: Pick<ActTools, 'database' | 'keyring'>,
  workspaceId: string,
  projectId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const rows = await readAs(database, { workspaceId }, (trx) =>
    trx('flow_secrets')
      .where({ workspace_id: workspaceId, project_id: projectId })
      .whereIn('name', [...names])
      .select<{ id: string; name: string; value: Buffer }[]>('id', 'name', 'value'),
  )
  const values = new Map(
    rows.map(({ id, name, value }) => [name, open(keyring, value, secretContext(id)).toString()]),
  )
  const missing = names.find((name) => !values.has(name))
  if (missing === undefined) return values
  throw refuseStep('secret.not_found', `The project has no secret «${missing}»: add it there.`)
}

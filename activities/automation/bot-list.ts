import type { Knex } from 'knex'
import type { ListedBot } from '#core/contracts/flows/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

/** The bots of a workspace's flows, by name, with where each is a member; of deleted flows none. */
export async function botsOf(
  database: Knex,
  workspaceId: string,
  asked: PageAsked,
): Promise<Page<ListedBot>> {
  const list = {
    sql: `select u.id, u.name, u.hue, f.id as "flowId", p.id as "projectId", p.name as "projectName"
      from flows f join users u on u.id = f.actor_id and u.kind = 'bot'
      join projects p on p.id = f.project_id
      where f.workspace_id = ? and f.deleted_at is null`,
    bindings: [workspaceId],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, (row: ListedBot) => ({ ...row }))
}

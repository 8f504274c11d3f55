import type { Knex } from 'knex'
import type { SecretView } from '#core/contracts/flows/outside.ts'

type Row = Omit<SecretView, 'setAt'> & { readonly setAt: Date }

/** Whether a definition has a step that names the secret. */
const names = (definition: string) => `exists (
  select from jsonb_path_query(${definition}, '$.**.secretHeaders.*') used (name)
  where used.name #>> '{}' = s.name)`

/** The secrets of a project, by name, without their values. */
export async function secretsOfProject(db: Knex, projectId: string): Promise<SecretView[]> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select s.id, s.name, s.created_at as "setAt",
       json_build_object('id', u.id, 'name', u.name, 'hue', u.hue) as "setBy",
       coalesce((select json_agg(json_build_object('flowId', f.id, 'flowName', f.name) order by f.name)
         from flows f
         left join flow_versions v on v.flow_id = f.id and v.version = f.published
         where f.project_id = s.project_id and f.deleted_at is null
           and (${names('f.draft')} or ${names('v.definition')})), '[]') as "usedBy"
     from flow_secrets s join users u on u.id = s.created_by
     where s.project_id = :projectId order by s.name`,
    { projectId },
  )
  return rows.map(({ setAt, ...row }) => ({ ...row, setAt: setAt.toISOString() }))
}

import type { Knex } from 'knex'
import type { FlowComment, FlowComments } from '#core/contracts/flows/comments.ts'

type Row = Omit<FlowComment, 'createdAt' | 'editedAt' | 'settled'> & {
  readonly createdAt: Date
  readonly editedAt: Date | null
  readonly settledAt: Date | null
  readonly settledBy: FlowComment['author'] | null
}

const person = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'hue', ${alias}.hue)`

/** What was said about a flow, the oldest first, with the number that tells whether it is the newest. */
export async function commentsOfFlow(database: Knex, flowId: string): Promise<FlowComments> {
  const flow = await database('flows').where({ id: flowId }).first('comments_version')
  const { rows } = await database.raw<{ rows: Row[] }>(
    `select c.id, c.step_id as "stepId", ${person('a')} as author, c.body as text,
       c.created_at as "createdAt", c.edited_at as "editedAt", c.resolved_at as "settledAt",
       case when r.id is not null then ${person('r')} end as "settledBy"
     from flow_comments c join users a on a.id = c.author_id left join users r on r.id = c.resolved_by
     where c.flow_id = ? order by c.created_at, c.id`,
    [flowId],
  )
  return { version: flow.comments_version, items: rows.map(shown) }
}

const shown = ({ settledAt, settledBy, createdAt, editedAt, ...row }: Row): FlowComment => ({
  ...row,
  createdAt: createdAt.toISOString(),
  editedAt: editedAt?.toISOString() ?? null,
  settled: settledAt && settledBy && { by: settledBy, at: settledAt.toISOString() },
})

/** A comment as who is named in it is told of it. */
interface CommentTold {
  readonly flowId: string
  readonly projectId: string
  readonly text: string
}

/** Undefined when it was deleted meanwhile, or its flow was. */
export async function commentTold(
  database: Knex,
  commentId: string,
): Promise<CommentTold | undefined> {
  return await database('flow_comments as c')
    .join('flows as f', 'f.id', 'c.flow_id')
    .where({ 'c.id': commentId, 'f.deleted_at': null })
    .first('c.flow_id as flowId', 'c.project_id as projectId', 'c.body as text')
}

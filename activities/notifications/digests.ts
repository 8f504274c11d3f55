import type { Knex } from 'knex'
import { flowSeers } from '#activities/automation/queries.ts'
import { seersOf } from '#activities/rbac/queries.ts'
import type { NotificationKind } from '#core/contracts/views.ts'

const PEOPLE_MAX = 200
/** What could not be sent for so long is not news any more. */
const LATE_DAYS_MAX = 7

/** One thing that somebody is told of in a letter. */
export interface DigestItem {
  readonly kind: NotificationKind
  readonly actorName: string | null
  /** The card as in «CHK-118 Fix login», or the name of the flow. */
  readonly about: string
  /** The name of the board, or of the project. */
  readonly place: string
  /** Where it is in the product. */
  readonly path: string
  /** The comment's first words, or the day something is due. */
  readonly excerpt: string
  readonly createdAt: Date
}

/**
 * Gathers what is due by mail into letters, one for each person. From here on a row stays in its
 * letter, so that whoever tries again sends the same one.
 */
export async function gatherDigests(trx: Knex.Transaction): Promise<void> {
  await trx.raw(
    `with people as materialized (
       select user_id, uuidv7() as letter_id from (
         select distinct user_id from notifications
         where mail_due <= now() and letter_id is null limit ?
       ) as due
     )
     update notifications n set letter_id = p.letter_id from people p
     where n.user_id = p.user_id and n.mail_due <= now() and n.letter_id is null`,
    [PEOPLE_MAX],
  )
}

/** Letters that are to be sent now: new ones, and those whose sender failed or died. */
export async function openDigests(trx: Knex.Transaction): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select distinct letter_id as id from notifications
     where mail_due <= now() and letter_id is not null order by letter_id limit ?`,
    [PEOPLE_MAX],
  )
  return rows.map(({ id }) => id)
}

/** Whose letter it is, held until the transaction ends; null when it has been sent or somebody has it. */
export async function holdDigest(trx: Knex.Transaction, letterId: string): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { isHeld: boolean }[] }>(
    `select pg_try_advisory_xact_lock(hashtextextended('digest ' || ?, 0)) as "isHeld"`,
    [letterId],
  )
  if (!rows[0]!.isHeld) return null
  // Asked afterwards, so that what the holder before has done is seen.
  const open = trx('notifications').where({ letter_id: letterId }).whereNotNull('mail_due')
  return (await open.first<{ user_id: string } | undefined>('user_id'))?.user_id ?? null
}

/**
 * What the letter tells by now: not what was read meanwhile, is gone, is not wanted any more, or may
 * no longer be seen.
 */
export async function itemsOf(
  trx: Knex.Transaction,
  letterId: string,
  userId: string,
): Promise<DigestItem[]> {
  const { rows } = await trx.raw<{ rows: Found[] }>(
    `select n.kind, u.name as "actorName", b.id as "boardId", f.id as "flowId",
       coalesce(p.key || '-' || c.number || ' ' || c.title, f.name) as about,
       coalesce(b.name, p.name) as place, n.excerpt, n.created_at as "createdAt",
       coalesce('/boards/' || b.id || '\\?card=' || c.id,
         '/flows/' || f.id || '\\?comment=' || fc.id) as path
     from notifications n
     left join cards c on c.id = n.card_id and c.deleted_at is null
     left join boards b on b.id = c.board_id
     left join flow_comments fc on fc.id = n.flow_comment_id
     left join flows f on f.id = fc.flow_id and f.deleted_at is null
     join projects p on p.id = coalesce(b.project_id, f.project_id)
     left join users u on u.id = n.actor_id
     left join notification_settings s on s.user_id = n.user_id and s.kind = n.kind
     where n.letter_id = ? and n.mail_due is not null and n.read_at is null
       and s.email is distinct from 'never'
     order by n.id`,
    [letterId],
  )
  const onBoards = await seersOf(
    trx,
    rows.flatMap(({ boardId }) => (boardId ? [{ boardId, userId }] : [])),
  )
  const ofFlows = await flowSeers(
    trx,
    rows.flatMap(({ flowId: id }) => (id ? [{ id, userId }] : [])),
  )
  return rows.filter(
    ({ boardId, flowId }) =>
      onBoards.has(`${boardId} ${userId}`) || ofFlows.has(`${flowId} ${userId}`),
  )
}

interface Found extends DigestItem {
  readonly boardId: string | null
  readonly flowId: string | null
}

/** The letter has been sent, or tells nothing any more. */
export async function closeDigest(trx: Knex.Transaction, letterId: string): Promise<void> {
  await trx('notifications').where({ letter_id: letterId }).update({ mail_due: null })
}

/**
 * The letter was not taken: it is tried again after as long as it has been tried, a minute at least
 * and an hour at most.
 */
export async function postponeDigest(trx: Knex.Transaction, letterId: string): Promise<void> {
  await trx.raw(
    `update notifications set mail_due = now() + least(interval '1 hour',
       greatest(interval '1 minute', now() - uuid_extract_timestamp(letter_id)))
     where letter_id = ? and mail_due is not null`,
    [letterId],
  )
}

/** Gives up what could not be sent in time; answers how much that was. */
export async function forgetLateMail(trx: Knex.Transaction): Promise<number> {
  return await trx('notifications')
    .whereNotNull('mail_due')
    .whereRaw(`created_at < now() - interval '1 day' * ?`, [LATE_DAYS_MAX])
    .update({ mail_due: null })
}

import type { Knex } from 'knex'
import { INVITATION_LETTERS_PER_HOUR_MAX } from '#core/kernel/limits.ts'
import { mayInvite, type Standing } from '#core/kernel/member-rights.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { lineOf, type Asking } from './asking.ts'
import { standings } from './standings.ts'

/** Who does something about an invitation, and to which workspace it is. */
export interface Inviting extends Asking {
  readonly workspaceId: string
}

/** The line of the audit about something done to an invitation. */
export const invitationLine = (
  inviting: Inviting,
  action: string,
  targetId: string,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
) =>
  lineOf(inviting, {
    workspaceId: inviting.workspaceId,
    action,
    targetKind: 'invitation',
    targetId,
    before,
    after,
  })

/** Refuses with permission.denied whoever may not take people in who stand like that. */
export async function refuseBeyondRights(
  trx: Knex.Transaction,
  { workspaceId, actorId }: Inviting,
  given: Standing,
): Promise<void> {
  const own = (await standings(trx, workspaceId, [actorId])).get(actorId)
  if (own && mayInvite(own, given)) return
  throw new Refusal('permission.denied', 'An invitation may not give more than you hold.')
}

/** Refuses with request.too_many when so many more letters would be too many for an hour. */
export async function refuseTooManyLetters(
  trx: Knex.Transaction,
  workspaceId: string,
  more: number,
): Promise<void> {
  const { rows } = await trx.raw<{ rows: { asked: number; waitS: number | null }[] }>(
    `select count(*)::int as asked,
       extract(epoch from min(asked_at) + interval '1 hour' - now())::float as "waitS"
     from invitations where workspace_id = ? and asked_at > now() - interval '1 hour'`,
    [workspaceId],
  )
  const { asked, waitS } = rows[0]!
  if (asked + more > INVITATION_LETTERS_PER_HOUR_MAX) throw tooMany('request.too_many', waitS ?? 0)
}

/** The refusal of too many letters, with the seconds to wait. */
export const tooMany = (code: string, waitS: number) =>
  new Refusal(code, 'Too many letters. Wait as long as Retry-After says.', {
    retryAfterS: Math.max(1, Math.ceil(waitS)),
  })

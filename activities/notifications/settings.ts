import type { Knex } from 'knex'
import type {
  ChangeNotifications,
  NotificationSetting,
} from '#core/contracts/notification-settings.ts'
import { NOTIFICATION_KINDS, type NotificationKind } from '#core/contracts/views.ts'

/** For who has chosen nothing: what they have not read by the morning comes by mail. */
const UNCHOSEN = { inInbox: true, email: 'daily' } as const
/** What somebody waits for an answer to does not wait for the morning. */
const UNCHOSEN_EMAIL = { approval: 'at_once' } as const

const unchosen = (kind: NotificationKind) => ({
  ...UNCHOSEN,
  ...(kind in UNCHOSEN_EMAIL && { email: UNCHOSEN_EMAIL[kind as keyof typeof UNCHOSEN_EMAIL] }),
})

type Row = NotificationSetting & { userId: string; timeZone: string | null }

/** How somebody is told of each kind of news. */
export async function settingsOf(db: Knex, userId: string): Promise<NotificationSetting[]> {
  const chosen = await db('notification_settings')
    .where({ user_id: userId })
    .select<NotificationSetting[]>({ kind: 'kind', inInbox: 'in_inbox', email: 'email' })
  return NOTIFICATION_KINDS.map((kind) => ({
    ...unchosen(kind),
    kind,
    ...chosen.find((setting) => setting.kind === kind),
  }))
}

/** How each of the people is told of a kind of news, and where they live. */
export async function waysToTell(
  db: Knex,
  kind: NotificationKind,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, Omit<Row, 'userId' | 'kind'>>> {
  const { rows } = await db.raw<{ rows: Row[] }>(
    `select u.id as "userId", u.time_zone as "timeZone",
       coalesce(s.in_inbox, ?) as "inInbox", coalesce(s.email, ?) as email
     from users u left join notification_settings s on s.user_id = u.id and s.kind = ?
     where u.id = any(?::uuid[])`,
    [unchosen(kind).inInbox, unchosen(kind).email, kind, [...userIds]],
  )
  return new Map(rows.map(({ userId, ...ways }) => [userId, ways]))
}

/**
 * Changes how somebody is told of one kind, and answers how they are told now; one of the doors
 * that write without a workflow, as their profile is.
 */
export async function changeSetting(
  trx: Knex.Transaction,
  userId: string,
  { kind, inInbox, email }: ChangeNotifications,
): Promise<NotificationSetting> {
  const before = (await settingsOf(trx, userId)).find((setting) => setting.kind === kind)!
  const after = { kind, inInbox: inInbox ?? before.inInbox, email: email ?? before.email }
  await trx('notification_settings')
    .insert({ user_id: userId, kind, in_inbox: after.inInbox, email: after.email })
    .onConflict(['user_id', 'kind'])
    .merge()
  return after
}

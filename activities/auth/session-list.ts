import type { Knex } from 'knex'
import type { SessionView } from '#core/contracts/auth.ts'

type Row = Omit<SessionView, 'startedAt' | 'usedAt' | 'isCurrent'> & {
  startedAt: Date
  usedAt: Date
}

/** Where somebody is signed in, what was used last first; `currentId` is where they ask from. */
export async function sessionsOf(
  database: Knex,
  userId: string,
  currentId: string | null,
): Promise<SessionView[]> {
  const { rows } = await database.raw<{ rows: Row[] }>(
    `select family_id as id, min(created_at) as "startedAt", max(created_at) as "usedAt",
       (array_agg(user_agent order by created_at desc))[1] as "userAgent",
       (array_agg(host(ip) order by created_at desc))[1] as ip
     from sessions where user_id = ?
     group by family_id
     having bool_and(revoked_at is null) and bool_or(replaced_at is null and expires_at > now())
     order by "usedAt" desc`,
    [userId],
  )
  return rows.map(({ id, startedAt, usedAt, userAgent, ip }) => ({
    id,
    startedAt: startedAt.toISOString(),
    usedAt: usedAt.toISOString(),
    userAgent,
    ip,
    isCurrent: id === currentId,
  }))
}

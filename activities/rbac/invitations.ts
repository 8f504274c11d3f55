import type { Knex } from 'knex'
import type { InvitationView, OpenInvitation } from '#core/contracts/invitations.ts'
import { mayInvite } from '#core/kernel/member-rights.ts'
import { type MemberRole, rightsOf } from '#core/kernel/permissions.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'
import { invitationHash, workspaceOfToken } from './invitation-token.ts'
import { madeOf } from './stored-role.ts'

type Row = Omit<InvitationView, 'isBacked' | 'createdAt' | 'sentAt' | 'expiresAt'> & {
  /** What the role holds that is given, where the workspace has made it. */
  made: string[] | null
  /** Null for who has left. */
  inviterRole: MemberRole | null
  inviterMade: string[] | null
  createdAt: Date
  sentAt: Date | null
  expiresAt: Date
}

/** What was neither accepted nor taken back, by address; also what is over, for it can be sent again. */
export async function invitationsTo(
  database: Knex,
  workspaceId: string,
  asked: PageAsked,
): Promise<Page<InvitationView>> {
  const list = {
    sql: `select i.id, i.email, i.role, i.role_id as "roleId", u.name as "invitedBy",
        i.created_at as "createdAt", i.sent_at as "sentAt", i.expires_at as "expiresAt",
        r.permissions as made, m.role as "inviterRole", ${madeOf('m')} as "inviterMade"
      from invitations i join users u on u.id = i.invited_by
      left join roles r on r.id = i.role_id
      left join workspace_members m on m.workspace_id = i.workspace_id and m.user_id = i.invited_by
      where i.workspace_id = ? and i.ended_at is null`,
    bindings: [workspaceId],
    key: [
      ['email', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, (row: Row) => ({
    id: row.id,
    email: row.email,
    role: row.role,
    roleId: row.roleId,
    invitedBy: row.invitedBy,
    isBacked: isBacked(row),
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
  }))
}

function isBacked({ role, made, inviterRole, inviterMade }: Row): boolean {
  if (inviterRole === null) return false
  const own = { role: inviterRole, rights: rightsOf(inviterRole, inviterMade) }
  return mayInvite(own, { role, rights: rightsOf(role, made) })
}

/** What a token invites to; null when it was used or taken back, is over or is none. */
export async function invitationOf(database: Knex, token: string): Promise<OpenInvitation | null> {
  const workspaceId = workspaceOfToken(token)
  if (workspaceId === null) return null
  return await readAs(database, { workspaceId }, async (trx) => {
    const { rows } = await trx.raw<{ rows: OpenInvitation[] }>(
      `select w.name as workspace, u.name as "invitedBy", i.email, i.role, r.name as "roleName",
         exists (select from users where lower(email) = i.email) as "hasAccount"
       from invitations i
       join workspaces w on w.id = i.workspace_id and w.deleted_at is null
       join users u on u.id = i.invited_by
       left join roles r on r.id = i.role_id
       where i.workspace_id = ? and i.token_hash = ? and i.ended_at is null and i.expires_at > now()`,
      [workspaceId, invitationHash(token)],
    )
    return rows[0] ?? null
  })
}

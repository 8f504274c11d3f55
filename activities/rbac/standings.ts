import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import type { Membership } from '#core/kernel/member-rights.ts'
import { roleColumns, saidOfMember, standingOf, type RoleRow } from './stored-role.ts'

type InProject = RoleRow & { readonly projectId: string }

export interface MembershipRow extends RoleRow {
  readonly projects: readonly InProject[] | null
}

type Row = MembershipRow & { [column: string]: unknown; readonly userId: string }

/** What is said of the member `m` in each project, last what counts: an InProject or more, or null. */
export const PROJECTS = `(
    select json_agg(there) from (
      select o.project_id as "projectId", ${roleColumns('o')} from project_roles o
      where o.workspace_id = m.workspace_id and ${saidOfMember('o')}
      order by o.user_id nulls first
    ) as there
  )`

/**
 * What those of the people are who are members of the workspace, there and in its projects; in a
 * deleted one nobody is.
 */
export async function standings(
  trx: Knex.Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Membership>> {
  const rows = await ask<Row>(
    trx,
    `select m.user_id as "userId", ${roleColumns('m')}, ${PROJECTS} as projects
     from workspace_members m
     join workspaces w on w.id = m.workspace_id and w.deleted_at is null
     where m.workspace_id = $1 and m.user_id = any($2)`,
    [workspaceId, userIds],
  )
  return new Map(rows.map((row) => [row.userId, membershipOf(row)]))
}

/** What is said of somebody comes after what is said of everybody, and counts. */
export function membershipOf({ projects, ...row }: MembershipRow): Membership {
  const there = projects?.map((each) => [each.projectId, standingOf(each)] as const)
  return { ...standingOf(row), projects: new Map(there) }
}

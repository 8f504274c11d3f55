import { readAs } from '#core/platform/acting-as.ts'
import { refuseStep } from '../refuse-step.ts'
import type { DoAct } from '../tools.ts'

const APPROVERS_MAX = 200

/** Who of those who are named, by id or by role, is in the workspace and can answer. */
export const askForApproval: DoAct = async ({ database }, { workspaceId, with: params }) => {
  const to = params['to'] as readonly string[]
  const roles = to.flatMap((each) => (each.startsWith('role:') ? [each.slice(5)] : []))
  const userIds = to.filter((each) => !each.startsWith('role:'))
  const { rows } = await readAs(database, { workspaceId }, (trx) =>
    trx.raw<{ rows: { user_id: string }[] }>(
      `select user_id from workspace_members
       where workspace_id = ? and (role = any (?) or user_id = any (?))
       order by user_id limit ?`,
      [workspaceId, roles, userIds, APPROVERS_MAX],
    ),
  )
  if (rows.length === 0) throw refuseStep('approval.too_few', 'Nobody who is asked is there.')
  return { output: { approvers: rows.map((row) => row.user_id) }, cards: 0 }
}

import { readAs, writeAs } from '#core/platform/acting-as.ts'
import { durationMs } from '#core/flows/duration.ts'
import type { ActOrder } from '#core/contracts/flows/run.ts'
import { memberIds } from '#activities/rbac/queries.ts'
import { homeOf } from '../home-of.ts'
import { refuseStep } from '../refuse-step.ts'
import type { ActTools, DoAct } from '../tools.ts'

const APPROVERS_MAX = 200
const EXCERPT_CHARS_MAX = 500

interface Asking {
  /** Ids, and roles as `role:admin`. */
  readonly to: readonly string[]
  /** So many have to approve. */
  readonly least?: number
  /** Who set the run off and may not answer. */
  readonly except?: string | null
}

/**
 * Who of those who are named, by id or by role, sees the project and may answer; they are told, and
 * what they are asked is written down until it is answered. Where fewer may than have to, nobody is.
 */
export const askForApproval: DoAct = async (tools, order) => {
  const { database } = tools
  const { workspaceId } = order
  const { projectId } = await homeOf(database, order)
  const { to, least = 0, except } = order.with as unknown as Asking
  const roles = to.flatMap((each) => (each.startsWith('role:') ? [each.slice(5)] : []))
  const userIds = to.filter((each) => !each.startsWith('role:'))
  const approvers = await readAs(database, { workspaceId }, async (trx) => {
    const { rows } = await trx.raw<{ rows: { user_id: string }[] }>(
      `select user_id from workspace_members
       where workspace_id = ? and (role = any (?) or user_id = any (?))
       order by user_id limit ?`,
      [workspaceId, roles, userIds, APPROVERS_MAX],
    )
    const named = rows.map(({ user_id }) => user_id)
    const seers = await memberIds(trx, { workspaceId, projectId }, named)
    return named.filter((each) => seers.has(each))
  })
  const others = approvers.filter((each) => each !== except)
  if (approvers.length === 0 || others.length < least) {
    throw refuseStep('approval.too_few', tooFew(approvers.length, others.length, least))
  }
  await writeDown(tools, order, projectId, others)
  return { output: { approvers: others }, cards: 0 }
}

function tooFew(there: number, others: number, least: number): string {
  if (there === 0) return 'Nobody who is asked is there: ask somebody else.'
  if (others === 0) {
    return 'Only whoever set it off is asked, and may not answer: ask somebody else, or let them.'
  }
  return `${least} have to approve, and only ${others} can: ask more people.`
}

async function writeDown(
  { database, tell }: ActTools,
  order: ActOrder,
  project_id: string,
  approvers: readonly string[],
): Promise<void> {
  const { workspaceId, flowId: flow_id, runId: run_id, cardId: card_id } = order
  const { question, timeout, approval: key } = order.with as Record<string, string>
  const home = { run_id, key, workspace_id: workspaceId, project_id, flow_id, card_id }
  const deadline = new Date(Date.now() + (durationMs(timeout!) ?? 0))
  await writeAs(database, { workspaceId }, async (trx) => {
    await trx('flow_approvals')
      .insert({ ...home, question, approvers: [...approvers], deadline })
      .onConflict(['run_id', 'key'])
      .merge({
        status: 'open',
        // Whoever is asked later is asked as well as those before.
        approvers: trx.raw(
          `(select coalesce(array_agg(distinct each), '{}')
             from unnest(flow_approvals.approvers || excluded.approvers) as each)`,
        ),
      })
    const [card] = await trx('cards')
      .where({ id: card_id })
      .select<{ board_id: string }[]>('board_id')
    if (!card || card_id === null) return
    await tell(
      trx,
      approvers.map((userId) => ({
        workspaceId,
        userId,
        kind: 'approval' as const,
        boardId: card.board_id,
        cardId: card_id,
        excerpt: String(question).slice(0, EXCERPT_CHARS_MAX),
        effectKey: `approval/${order.key}/${userId}`,
      })),
    )
  })
}

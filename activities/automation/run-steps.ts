import type { Knex } from 'knex'
import { nodes } from '#core/contracts/flows/nodes/index.ts'
import type {
  ApprovalView,
  RunCost,
  RunStep,
  WaitingApproval,
} from '#core/contracts/flows/views.ts'

interface StepRow extends Omit<RunStep, 'startedAt' | 'endedAt'> {
  readonly startedAt: Date
  readonly endedAt: Date | null
}

const people = (ids: string) => `coalesce((
  select json_agg(json_build_object('id', u.id, 'name', u.name, 'hue', u.hue) order by u.name)
  from users u where u.id = any (${ids})), '[]')`

/** Whom a step did not tell, as ids; what else bears this name is none of it. */
const NOT_TOLD = `array(select jsonb_array_elements_text(
  case when type in ('notify', 'email.send') and jsonb_typeof(output -> 'notTold') = 'array'
    then output -> 'notTold' else '[]' end)::uuid)`

/** The most steps of a run that are shown: a loop over a thousand cards has more than a page holds. */
const STEPS_MAX = 1_000

/** What a run has done, in the order it was begun; the newest when there are too many. */
export async function stepsOf(database: Knex, runId: string): Promise<RunStep[]> {
  const { rows } = await database.raw<{ rows: StepRow[] }>(
    `select key, step_id as "stepId", type, label, status, input, output, error,
       ${people(NOT_TOLD)} as "notTold", attempts, cards,
       bytes_sent as "bytesSent", bytes_received as "bytesReceived", started_at as "startedAt", ended_at as "endedAt"
     from flow_steps where run_id = ? order by started_at desc, key desc limit ?`,
    [runId, STEPS_MAX],
  )
  return rows.toReversed().map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }))
}

/** Nodes that do something themselves: the others only lead on, and a run that is called has its own cost. */
const ACTS = Object.keys(nodes).filter(
  (type) => nodes[type]!.kind === 'act' && type !== 'flow.call',
)

/** What a run has cost so far, of all its steps, however many are shown. */
export async function costOf(database: Knex, runId: string): Promise<RunCost> {
  const { rows } = await database.raw<{ rows: RunCost[] }>(
    `select count(*)::int as acts, coalesce(sum(attempts), 0)::int as attempts,
       coalesce(sum(extract(epoch from ended_at - started_at) * 1000), 0)::int as "workedMs",
       coalesce(sum(cards), 0)::int as cards, coalesce(sum(bytes_sent), 0)::int as "bytesSent",
       coalesce(sum(bytes_received), 0)::int as "bytesReceived"
     from flow_steps where run_id = ? and type = any (?)`,
    [runId, ACTS],
  )
  return rows[0]!
}

interface ApprovalRow extends Omit<ApprovalView, 'askedAt' | 'deadline'> {
  readonly askedAt: Date
  readonly deadline: Date
}

const APPROVAL = `a.key, a.question, a.status, a.asked_at as "askedAt", a.deadline,
  ${people('a.approvers')} as approvers, ${people('a.answered_by')} as "answeredBy"`

/** What a run has asked people, and what came of it. */
export async function approvalsOf(database: Knex, runId: string): Promise<ApprovalView[]> {
  const { rows } = await database.raw<{ rows: ApprovalRow[] }>(
    `select ${APPROVAL} from flow_approvals a where a.run_id = ? order by a.asked_at`,
    [runId],
  )
  return rows.map(shown)
}

const shown = <Row extends ApprovalRow>(row: Row) => ({
  ...row,
  askedAt: row.askedAt.toISOString(),
  deadline: row.deadline.toISOString(),
})

type WaitingRow = ApprovalRow & Omit<WaitingApproval, keyof ApprovalView>

/** The most that is waiting for somebody at once; whoever has more begins with these. */
const WAITING_MAX = 100

/** What waits for somebody's answer, what is due first at the top. */
export const approvalsFor = async (db: Knex, userId: string): Promise<WaitingApproval[]> =>
  await waiting(db, 'a.approvers @> array[?::uuid]', userId)

/** What waits for an answer about a card, whoever is asked. */
export const approvalsOn = async (db: Knex, cardId: string): Promise<WaitingApproval[]> =>
  await waiting(db, 'a.card_id = ?', cardId)

async function waiting(db: Knex, which: string, id: string): Promise<WaitingApproval[]> {
  const { rows } = await db.raw<{ rows: WaitingRow[] }>(
    `select ${APPROVAL}, a.run_id as "runId", a.project_id as "projectId", f.name as "flowName",
       case when c.id is not null
         then json_build_object('id', c.id, 'boardId', c.board_id, 'title', c.title) end as card
     from flow_approvals a
     join flows f on f.id = a.flow_id
     join flow_runs r on r.id = a.run_id and r.status = 'running'
     left join cards c on c.id = a.card_id
     where a.status = 'open' and ${which} and a.deadline > now()
     order by a.deadline, a.run_id, a.key limit ?`,
    [id, WAITING_MAX],
  )
  return rows.map(shown)
}

import { lineOf } from '#activities/automation/change-flow.ts'
import { runsNamed } from '#activities/automation/queries.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { ManyRunsDone, NamedRuns, NamedRunsAgain } from '#core/contracts/flows/many-runs.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { askingOf } from '../asking-of.ts'
import { beginAgain } from '../begin-again.ts'
import type { Asked } from '../command.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

const REFUSALS = ['project.not_found', 'permission.denied'] as const
/** Each holds a connection while the engine begins it. */
const BEGUN_AT_ONCE = 4

/** What is done to several runs of a project at once; each is done or refused by itself. */
export const manyRuns: readonly Route[] = [
  route({
    method: 'post',
    path: '/projects/:projectId/runs/cancel',
    summary:
      'End runs at their next step, and take back what they did; those over stay as they are',
    permission: 'board.configure',
    body: NamedRuns,
    answer: ManyRunsDone,
    refusals: REFUSALS,
    async handle(call) {
      const { parts, userId, params, body } = call
      const { runs, workspaceId } = await found(call, params.projectId, body.runIds)
      const lines = runs.map(({ id: run, flowId }) =>
        lineOf({ workspaceId, flowId, ...askingOf(call) }, 'run.cancel', null, { run }),
      )
      await writeAs(parts.database, { userId, workspaceId }, (trx) => recordAudit(trx, lines))
      return await each(body.runIds, runs, body.runIds.length, async ({ flowId, cause }) => {
        await parts.runs.cancel(flowId, cause)
      })
    },
  }),
  route({
    method: 'post',
    path: '/projects/:projectId/runs/again',
    summary: 'Begin runs that are over again as new ones: anew, or from where they failed',
    permission: 'board.configure',
    body: NamedRunsAgain,
    answer: ManyRunsDone,
    refusals: REFUSALS,
    async handle(call) {
      const { runIds, ...how } = call.body
      const { runs, workspaceId } = await found(call, call.params.projectId, runIds)
      return await each(runIds, runs, BEGUN_AT_ONCE, async (run) => {
        await beginAgain(call, { ...run, workspaceId }, how)
      })
    },
  }),
]

type Found = Awaited<ReturnType<typeof runsNamed>>[number]

const found = async (call: Asked, projectId: string, runIds: readonly string[]) =>
  await ofVisible(call, ['project', projectId], async (db, { workspaceId }) => ({
    runs: await runsNamed(db, projectId, runIds),
    workspaceId,
  }))

/** Does something to each, so many at once; what refuses one does not keep the others from it. */
async function each(
  asked: readonly string[],
  runs: readonly Found[],
  atOnce: number,
  work: (run: Found) => Promise<void>,
): Promise<ManyRunsDone> {
  const answer: ManyRunsDone = { done: [], refused: [] }
  const refused = (runId: string, { code, message }: Refusal) =>
    answer.refused.push({ runId, code, message })
  const known = new Set(runs.map(({ id }) => id))
  for (const id of asked) if (!known.has(id)) refused(id, refuse('run.not_found'))
  for (let from = 0; from < runs.length; from += atOnce) {
    await Promise.all(
      runs.slice(from, from + atOnce).map(async (run) => {
        try {
          await work(run)
          answer.done.push(run.id)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          refused(run.id, error)
        }
      }),
    )
  }
  return answer
}

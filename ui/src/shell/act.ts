import type { ActionBody, ActionResult, ActionType } from '#core/contracts/actions.ts'
import type { Queued } from '#core/contracts/command.ts'
import type { JobView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { ADDRESSES } from './action-addresses.ts'
import { ApiError, type FaultCode } from './api-error.ts'
import type { Method } from './exchange.ts'
import { get, request, type RequestOptions } from './http.ts'

const JOB_ASK_MS = 500
/** A command the engine accepted is done within moments of its coming back. */
const JOB_LIMIT_MS = 120_000

/** What an action that was done answers; `offsets` are its last events' numbers, per board. */
export type Done<Type extends ActionType> = ActionResult<Type> & {
  readonly commandId: Id
  readonly offsets: Readonly<Record<Id, number>>
}

/** Asks for an action and settles with its outcome, however long it was queued. */
export async function act<Type extends ActionType>(
  type: Type,
  targetId: Id,
  body: ActionBody<Type>,
  options: Omit<RequestOptions, 'body'> = {},
): Promise<Done<Type>> {
  const { method, path, rest } = addressOf(type, targetId, body)
  const sent = method === 'DELETE' || method === 'PUT' ? undefinedIfEmpty(rest) : rest
  const answer = await request<Done<Type> | Queued>(method, path, { ...options, body: sent })
  return 'job_id' in answer ? await outcomeOf<Done<Type>>(answer.job_id) : answer
}

/** Fields of the body that stand in the address travel there only. */
function addressOf(type: ActionType, targetId: Id, body: object) {
  const [method, template] = ADDRESSES[type].split(' ') as [Method, string]
  const rest: Record<string, unknown> = { ...body }
  const path = template.replace(/:(\w+)/g, (_, name: string) => {
    if (name === 'target') return targetId
    const value = String(rest[name])
    delete rest[name]
    return value
  })
  return { method, path, rest }
}

function undefinedIfEmpty(rest: Record<string, unknown>): unknown {
  return Object.keys(rest).length > 0 ? rest : undefined
}

async function outcomeOf<Answer>(jobId: Id): Promise<Answer> {
  const giveUpAt = Date.now() + JOB_LIMIT_MS
  while (Date.now() < giveUpAt) {
    const job = await get<JobView>(`/jobs/${jobId}`).catch(forgotten)
    if (job.status === 'done') return job.result as Answer
    if (job.error) {
      const { code, message, details = {} } = job.error
      throw new ApiError(code as FaultCode, message, { status: 409, details })
    }
    await new Promise((resolve) => setTimeout(resolve, JOB_ASK_MS))
  }
  throw new ApiError('network.away', 'The action is still waiting for its turn.')
}

/** The engine took it in and has lost the note of it: asking again with the same key is the answer. */
function forgotten(error: unknown): never {
  if (!(error instanceof ApiError) || error.code !== 'job.not_found') throw error
  throw new ApiError('network.away', error.message)
}

import type { Outcome } from '#core/contracts/command.ts'
import { JobView } from '#core/contracts/views.ts'
import { refuse } from '../refuse.ts'
import { route, type Route } from '../route.ts'

export const jobs: readonly Route[] = [
  route({
    method: 'get',
    path: '/jobs/:jobId',
    summary: 'What became of an action that was answered with 202',
    answer: JobView,
    refusals: ['job.not_found', 'engine.away'],
    async handle({ parts, params: { jobId }, userId }) {
      const found = await parts.engine.find(userId, jobId)
      if (found === undefined) throw refuse('job.not_found')
      return viewOf(jobId, found)
    },
  }),
]

function viewOf(jobId: string, found: Outcome | 'queued'): JobView {
  const job = { jobId, type: 'action' }
  if (found === 'queued') return { ...job, status: 'queued' }
  if (found.status === 'refused') {
    const { code, message, details } = found
    const status = code === 'internal' ? 'failed' : 'refused'
    return { ...job, status, error: { code, message, details } }
  }
  const { result, commandId, offsets } = found
  return { ...job, status: 'done', result: { ...result, commandId, offsets } }
}

import { z } from 'zod'
import { BoardMessage } from '#core/contracts/events.ts'
import { Id } from '#core/contracts/fields.ts'
import { JobEvent } from '#core/contracts/jobs.ts'
import { route, type Route } from '../route.ts'
import { boardSource } from '../streams/board-source.ts'
import { jobSource } from '../streams/job-source.ts'
import { tell } from '../streams/tell.ts'

const Place = z.strictObject({
  epoch: Id,
  offset: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
})

/** What is told as it happens, as server-sent events, where no socket comes through. */
export const streams: readonly Route[] = [
  route({
    method: 'get',
    path: '/boards/:boardId/events',
    summary:
      'What happens on a board from a place on; «reset» says to read it again and begin there',
    query: Place,
    answer: BoardMessage,
    isStream: true,
    refusals: ['board.not_found', 'permission.denied', 'request.too_many'],
    handle: async (call) => await tell(call, boardSource(call)),
  }),
  route({
    method: 'get',
    path: '/jobs/:jobId/events',
    summary:
      'What happens in a run of a flow or an action that was answered with 202, until it is over',
    answer: JobEvent,
    isStream: true,
    refusals: ['job.not_found', 'engine.away', 'permission.denied', 'request.too_many'],
    handle: async (call) => await tell(call, jobSource(call)),
  }),
]

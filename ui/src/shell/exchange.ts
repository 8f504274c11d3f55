import { answerOf } from './answer-of.ts'
import { ApiError } from './api-error.ts'

export const API_PREFIX = '/api/v1'
/** No form and no other site's page can send it: that a change is meant. */
export const OURS = { 'x-requested-with': 'projectflow' }
/** No answer of the API takes longer; a connection that hangs is given up. */
const ANSWER_LIMIT_MS = 15_000

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Question {
  readonly method: Method
  /** Below /api/v1. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** One request and its answer; throws an ApiError for everything that is not a success. */
export async function exchange<Answer>(question: Question): Promise<Answer> {
  const { method, path, headers = {}, body, signal } = question
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS)
  let response: Response
  let text: string
  try {
    response = await fetch(new URL(API_PREFIX + path, location.origin), {
      method,
      headers: {
        ...OURS,
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    text = await response.text()
  } catch (error) {
    // Who gave up the request wants to hear that, not that the network failed.
    signal?.throwIfAborted()
    throw new ApiError('network.away', String(error))
  }
  const { status, headers: told } = response
  return answerOf<Answer>({ status, text, header: (name) => told.get(name) })
}

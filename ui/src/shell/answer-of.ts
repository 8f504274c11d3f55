import type { ErrorBody } from '#core/contracts/errors.ts'
import { ApiError } from './api-error.ts'

/** What came back from the API, however it was asked. */
export interface Reply {
  readonly status: number
  readonly text: string
  /** A header's value; null when there is none. */
  readonly header: (name: string) => string | null
}

const STRANGE_CHARS = 200

/** The answer in a reply; throws an ApiError for everything that is not a success. */
export function answerOf<Answer>(reply: Reply): Answer {
  const { status, text } = reply
  if (status < 200 || status > 299) throw refusal(reply)
  if (text === '') return undefined as Answer
  try {
    return JSON.parse(text) as Answer
  } catch {
    throw new ApiError('answer.strange', text.slice(0, STRANGE_CHARS), { status })
  }
}

function refusal({ status, text, header }: Reply): ApiError {
  const retryAfterMs = 1_000 * (Number(header('retry-after')) || 0)
  const requestId = header('x-request-id') ?? ''
  try {
    const { error } = JSON.parse(text) as ErrorBody
    return new ApiError(error.code, error.message, { ...error, status, retryAfterMs })
  } catch {
    const strange = text.slice(0, STRANGE_CHARS)
    return new ApiError('answer.strange', strange, { status, retryAfterMs, requestId })
  }
}

import type { ErrorCode } from '#core/contracts/errors.ts'

/** `network.away`: no answer came at all. `answer.strange`: what came is not one of ours. */
export type FaultCode = ErrorCode | 'network.away' | 'answer.strange'

/** An answer that is not a success, or the lack of one (status 0). */
export class ApiError extends Error {
  readonly code: FaultCode
  readonly status: number
  /** Names the request in the server's log; empty when it never got there. */
  readonly requestId: string
  readonly details: Readonly<Record<string, unknown>>
  /** How long the server asked to be left alone. */
  readonly retryAfterMs: number

  constructor(
    code: FaultCode,
    message: string,
    { status = 0, requestId = '', details = {}, retryAfterMs = 0 }: Partial<ApiError> = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.requestId = requestId
    this.details = details
    this.retryAfterMs = retryAfterMs
  }

  /** The same request may succeed in a moment: nothing was wrong with it. */
  get isAway(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }

  /** What was asked for is no longer there, or no longer for this person. */
  get isGone(): boolean {
    return this.status === 403 || this.status === 404 || this.status === 410
  }
}

/** What was thrown, as an ApiError: our own faults are told like the server's. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError('answer.strange', thrown instanceof Error ? thrown.message : String(thrown))
}

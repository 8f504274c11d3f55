import type { ErrorBody } from '#core/contracts/errors.ts'
import { accessToken } from './access.ts'
import { ApiError } from './api-error.ts'

/** As long as the server waits for a file. */
const UPLOAD_LIMIT_MS = 300_000

/**
 * Sends a file as the body of one POST and answers what the API says of it. `told` hears which share
 * of it, from 0 to 1, is on its way; only XMLHttpRequest tells that. Throws an ApiError.
 */
export async function upload<Answer>(
  path: string,
  file: Blob,
  told: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const token = await accessToken()
  signal.throwIfAborted()
  const request = new XMLHttpRequest()
  request.open('POST', `/api/v1${path}`)
  request.timeout = UPLOAD_LIMIT_MS
  request.setRequestHeader('authorization', `Bearer ${token}`)
  request.setRequestHeader('x-requested-with', 'projectflow')
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.onprogress = ({ loaded, total }) => told(total === 0 ? 0 : loaded / total)
  signal.addEventListener('abort', () => request.abort(), { once: true })
  await new Promise((resolve) => {
    request.onloadend = resolve
    request.send(file)
  })
  signal.throwIfAborted()
  return answerOf<Answer>(request)
}

function answerOf<Answer>({ status, responseText }: XMLHttpRequest): Answer {
  if (status === 0) throw new ApiError('network.away', 'The upload ended before it was answered.')
  const body = parsed(responseText)
  if (status < 400 && body) return body as Answer
  const { error } = (body ?? {}) as Partial<ErrorBody>
  if (error) throw new ApiError(error.code, error.message, { ...error, status })
  throw new ApiError('answer.strange', responseText.slice(0, 200), { status })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import { accessToken } from './access.ts'
import { answerOf } from './answer-of.ts'
import { ApiError } from './api-error.ts'
import { API_PREFIX, OURS } from './exchange.ts'

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
  request.open('POST', API_PREFIX + path)
  request.timeout = UPLOAD_LIMIT_MS
  request.setRequestHeader('authorization', `Bearer ${token}`)
  for (const [name, value] of Object.entries(OURS)) request.setRequestHeader(name, value)
  request.setRequestHeader('content-type', 'application/octet-stream')
  request.upload.onprogress = ({ loaded, total }) => told(total === 0 ? 0 : loaded / total)
  signal.addEventListener('abort', () => request.abort(), { once: true })
  await new Promise((resolve) => {
    request.onloadend = resolve
    request.send(file)
  })
  signal.throwIfAborted()
  const { status, responseText: text } = request
  if (status === 0) throw new ApiError('network.away', 'The upload ended before it was answered.')
  return answerOf<Answer>({ status, text, header: (name) => request.getResponseHeader(name) })
}

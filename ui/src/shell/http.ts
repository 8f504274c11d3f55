import { newId, type Id } from '#core/kernel/ids.ts'
import { accessToken } from './access.ts'
import { ApiError } from './api-error.ts'
import { backoffMs } from './backoff.ts'
import { exchange, type Method, type Question } from './exchange.ts'

const ATTEMPTS_MAX = 4
const RETRY_MIN_MS = 300
const RETRY_MAX_MS = 5_000

export interface RequestOptions {
  readonly body?: unknown
  /** A write's Idempotency-Key, the same on every attempt; made here when absent. */
  readonly key?: Id
  readonly gestureId?: Id
  /** 1 leaves trying again to the caller. */
  readonly attemptsMax?: number
  readonly signal?: AbortSignal
}

/**
 * Asks the API. A token that is over is renewed once; a server that is away is asked again, later
 * each time and not before it said so. Throws an ApiError.
 */
export async function request<Answer>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const { attemptsMax = ATTEMPTS_MAX, body, signal } = options
  const question = { method, path, body, signal, headers: headersOf(method, options) }
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await asSignedIn<Answer>(question)
    } catch (error) {
      if (!(error instanceof ApiError) || !error.isAway || attempt >= attemptsMax) throw error
      const waitMs = backoffMs(attempt, RETRY_MIN_MS, RETRY_MAX_MS)
      await pause(Math.max(error.retryAfterMs, waitMs), signal)
    }
  }
}

export async function get<Answer>(path: string, options?: RequestOptions): Promise<Answer> {
  return await request<Answer>('GET', path, options)
}

async function asSignedIn<Answer>(question: Question): Promise<Answer> {
  const ask = async (token: string) =>
    await exchange<Answer>({
      ...question,
      headers: { ...question.headers, authorization: `Bearer ${token}` },
    })
  const token = await accessToken()
  try {
    return await ask(token)
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error
    return await ask(await accessToken(true))
  }
}

function headersOf(method: Method, { key, gestureId }: RequestOptions): Record<string, string> {
  if (method === 'GET') return {}
  const headers = { 'idempotency-key': key ?? newId() }
  return gestureId === undefined ? headers : { ...headers, 'gesture-id': gestureId }
}

async function pause(waitMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', giveUp)
      resolve()
    }, waitMs)
    signal?.addEventListener('abort', giveUp, { once: true })
  })
}

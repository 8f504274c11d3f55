import { setTimeout as sleep } from 'node:timers/promises'
import type { JobView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'

/** Longer than any fault lasts: a component that was killed is back within seconds. */
const ANSWER_LIMIT_MS = 60_000
const REQUEST_LIMIT_MS = 10_000
const PAUSE_MS = 200

/** A write somebody asks for. */
export interface Wish {
  readonly method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body: object
}

/** What came of it in the end: the answer of an action that is done, or the code of its refusal. */
export interface Answered {
  readonly commandId: string
  readonly wish: Wish
  readonly tries: number
  readonly result: Readonly<Record<string, unknown>> | null
  readonly code: string | null
}

/** An answer, or nothing when the same request has to be made again. */
type Final = Pick<Answered, 'result' | 'code'> | undefined

/**
 * A client that does not take no answer for an answer: it asks again with the same key through
 * every 503 and every broken connection. A fault (500) or no answer within a minute is an error.
 */
export class PersistentClient {
  readonly #url: string
  readonly #token: string

  constructor(url: string, token: string) {
    this.#url = `${url}/api/v1`
    this.#token = token
  }

  async send(wish: Wish): Promise<Answered> {
    const commandId = newId()
    const endMs = performance.now() + ANSWER_LIMIT_MS
    for (let tries = 1; performance.now() < endMs; tries += 1) {
      const final = await this.#ask(wish, commandId)
      if (final) return { commandId, wish, tries, ...final }
    }
    throw new Error(`No answer to ${wish.method} ${wish.path} (${commandId}) within a minute.`)
  }

  async #ask(wish: Wish, commandId: string): Promise<Final> {
    const response = await this.fetch(wish, { 'idempotency-key': commandId })
    if (!response || response.status === 503) return await pause(response)
    const body = (await response.json().catch(() => null)) as Record<string, unknown> | null
    if (body === null) return await pause(response)
    if (response.status === 202) return await this.#outcome(commandId)
    if (response.ok) return { result: body, code: null }
    return { result: null, code: finalCode(response, body) }
  }

  /** One request; nothing when the connection broke or no answer came in time. */
  async fetch(wish: Wish, headers: Record<string, string> = {}): Promise<Response | undefined> {
    return await fetch(this.#url + wish.path, {
      method: wish.method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(wish.body),
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    }).catch(() => undefined)
  }

  /** What became of a queued command; nothing when nobody knows it yet, and it is sent again. */
  async #outcome(commandId: string): Promise<Final> {
    const job = await this.job(commandId)
    if (job?.status === 'done') return { result: job.result as Answered['result'], code: null }
    if (job?.status === 'failed') throw new Error(`The command ${commandId} met a fault.`)
    if (job?.status === 'refused') return { result: null, code: job.error?.code ?? '' }
    return await pause()
  }

  async job(commandId: string): Promise<JobView | undefined> {
    const response = await fetch(`${this.#url}/jobs/${commandId}`, {
      headers: { authorization: `Bearer ${this.#token}` },
      signal: AbortSignal.timeout(REQUEST_LIMIT_MS),
    }).catch(() => undefined)
    return response?.ok ? ((await response.json()) as JobView) : undefined
  }
}

function finalCode(response: Response, body: Record<string, unknown>): string {
  const { code } = body['error'] as { code: string }
  if (response.status < 500) return code
  throw new Error(`${response.url} answered ${response.status}: ${JSON.stringify(body)}`)
}

async function pause(response?: Response): Promise<undefined> {
  const askedS = Number(response?.headers.get('retry-after') ?? 0)
  await response?.body?.cancel().catch(() => {})
  await sleep(Math.max(PAUSE_MS, askedS * 1_000))
}

const ANSWER_LIMIT_MS = 2_000

/** Rejects until the address answers with a success. */
export async function answers(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`${url} answers ${response.status}.`)
}

import { EventSourceParserStream } from 'eventsource-parser/stream'

/** What somebody is told by server-sent events, as it comes. */
export interface TestStream {
  readonly status: number
  readonly told: { id: string | undefined; event: string | undefined; data: unknown }[]
  /** What tells nothing but that the stream is there. */
  readonly comments: string[]
  /** Resolves when the server has ended it. */
  readonly over: Promise<void>
  leave(): void
}

/** Opens a stream of the API and reads it until it ends or is left. */
export async function aStream(
  url: string,
  token: string,
  headers: Record<string, string> = {},
): Promise<TestStream> {
  const gone = new AbortController()
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: gone.signal,
  })
  const told: TestStream['told'] = []
  const comments: string[] = []
  const read = async () => {
    if (response.status !== 200) return
    const events = response
      .body!.pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream({ onComment: (comment) => comments.push(comment) }))
    for await (const { id, event, data } of events) {
      told.push({ id, event, data: JSON.parse(data) })
    }
  }
  const over = read().catch(() => {})
  return { status: response.status, told, comments, over, leave: () => gone.abort() }
}

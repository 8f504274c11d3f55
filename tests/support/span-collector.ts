import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A span as it came; ids are hex. */
export interface ReceivedSpan {
  readonly service: unknown
  readonly name: string
  readonly kind: number
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[]
  readonly status: { readonly code?: number; readonly message?: string }
}

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

/** A small collector of spans that takes OTLP over HTTP, as JSON, and keeps what it gets. */
export async function aSpanCollector() {
  const spans: ReceivedSpan[] = []
  const answer: { status: number | 'none' } = { status: 200 }
  let raw = ''
  let headers: IncomingHttpHeaders = {}
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    if (answer.status === 'none') return
    const isTaken = answer.status === 200 && request.url === '/v1/traces'
    if (isTaken) {
      raw += body
      headers = request.headers
      spans.push(...spansIn(body))
    }
    response.writeHead(isTaken ? 200 : Number(answer.status)).end('{}')
  }
  const server = createServer((request, response) => void take(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    /** All that was sent, as it came. */
    raw: () => raw,
    /** What came along with the last of it. */
    headers: () => headers,
    /** What it answers from now on: `none` keeps who sends waiting. */
    answer,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function spansIn(body: string): ReceivedSpan[] {
  // oxlint-disable-next-line typescript/no-explicit-any -- OTLP as it came, which nobody has typed.
  const { resourceSpans } = JSON.parse(body) as any
  return resourceSpans.flatMap(({ resource, scopeSpans }: typeof resourceSpans) => {
    const service = valuesOf(resource.attributes)['service.name']
    return scopeSpans.flatMap(({ spans }: typeof scopeSpans) =>
      spans.map((span: typeof spans) => ({
        ...span,
        service,
        attributes: valuesOf(span.attributes),
      })),
    )
  })
}

const valuesOf = (attributes: readonly Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]))

function plain(value: Attribute['value']): unknown {
  const [inside] = Object.values(value)
  const { values } = (value['arrayValue'] ?? {}) as { values?: Attribute['value'][] }
  return values ? values.map(plain) : inside
}

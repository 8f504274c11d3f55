import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Scripted {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/**
 * A server that gives these answers in this order, and remembers what it was asked. The page's
 * own origin is its address until the test is over.
 */
export async function scriptedServer(answers: readonly Scripted[]): Promise<Asked[]> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const { status, body, headers } = answers[asked.length] ?? { status: 500 }
    const { method = '', url: path = '', headers: sent } = request
    const question = { method, path, headers: sent, body: '' }
    asked.push(question)
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (question.body += chunk))
    request.on('end', () => {
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  vi.stubGlobal('location', { origin: `http://127.0.0.1:${port}` })
  onTestFinished(async () => {
    vi.unstubAllGlobals()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return asked
}

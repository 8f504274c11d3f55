import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server outside that does what it is asked once for each key, as servers that take money do. */
export interface Sink {
  readonly port: number
  /** What it has done, by the key it was asked under. */
  readonly done: ReadonlyMap<string, string>
  /** Keys that came again with something else. */
  readonly strange: readonly string[]
  stop(): Promise<void>
}

export async function aSink(): Promise<Sink> {
  const done = new Map<string, string>()
  const strange: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'])
      const known = done.get(key)
      if (known !== undefined && known !== body) strange.push(key)
      done.set(key, known ?? body)
      response.end('done')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    done,
    strange,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

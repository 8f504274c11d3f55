import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export const FAULTS = ['stall', 'cut'] as const
type Fault = (typeof FAULTS)[number]

/** A stretch of network between two that can fail: all of it real sockets. */
export interface FaultyLink {
  readonly port: number
  /** `stall`: nothing gets through, and nobody is told. `cut`: all is broken off and refused. */
  fail(fault: Fault): void
  /** What was held back goes on, in its order. */
  heal(): void
  close(): Promise<void>
}

/** Hands on what comes to its port to the port `target` says for each connection, until it fails. */
export async function faultyLink(target: () => number): Promise<FaultyLink> {
  const ends = new Set<Socket>()
  let fault: Fault | null = null

  function join(from: Socket, to: Socket): void {
    ends.add(from)
    from.on('data', (bytes) => {
      if (!to.write(bytes)) from.pause()
    })
    to.on('drain', () => fault === null && from.resume())
    // Also a side that was never connected, or is only half closed: here all links end whole.
    from.on('error', () => from.destroy())
    from.on('end', () => from.destroy())
    from.once('close', () => {
      ends.delete(from)
      to.destroy()
    })
    if (fault === 'stall') from.pause()
  }

  const server = createServer((near) => {
    if (fault === 'cut') return void near.on('error', () => {}).destroy()
    const far = connect({ port: target(), host: '127.0.0.1', noDelay: true })
    near.setNoDelay(true)
    join(near, far)
    join(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  const breakOff = () => {
    for (const end of ends) end.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    fail(how) {
      fault = how
      if (how === 'cut') return breakOff()
      for (const end of ends) end.pause()
    },
    heal() {
      fault = null
      for (const end of ends) end.resume()
    },
    async close() {
      breakOff()
      server.close()
      await once(server, 'close')
    },
  }
}

/** An address with the port of a link in front of it. */
export function through(link: Pick<FaultyLink, 'port'>, address: string): string {
  const url = new URL(address)
  url.hostname = '127.0.0.1'
  url.port = String(link.port)
  return url.href
}

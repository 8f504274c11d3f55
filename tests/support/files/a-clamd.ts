import { createServer, type AddressInfo, type Socket } from 'node:net'

/** What it takes for a virus; the real test file would alarm scanners on the way here. */
export const VIRUS = 'Eicar-for-this-test'

const COMMAND = Buffer.from('zINSTREAM\0')
const LENGTH_BYTES = 4

type Answer = (content: Buffer) => string | null

const honest: Answer = (content) =>
  content.includes(VIRUS) ? 'stream: Eicar-Signature FOUND' : 'stream: OK'

/**
 * As much of clamd as INSTREAM is: pieces behind their lengths, then the answer, each ended by a zero.
 * `answer` may say something else, or nothing at all. At a port of its own, or at the path of a socket.
 */
export async function aClamd(place: { path: string } | { port: 0 } = { port: 0 }) {
  let answer: Answer = honest
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const hear = listener()
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    socket.on('data', (data: Buffer) => {
      const content = hear(data)
      const said = content && answer(content)
      if (said) socket.end(`${said}\0`)
    })
  })
  const at = 'path' in place ? place : { host: '127.0.0.1', port: 0 }
  await new Promise<void>((resolve) => server.listen(at, resolve))
  const address =
    'path' in place ? place.path : `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    answers: (next: Answer) => void (answer = next),
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Takes what comes; answers the pieces together once the one of no length has come. */
function listener(): (data: Buffer) => Buffer | null {
  const pieces: Buffer[] = []
  let rest = Buffer.alloc(0)
  let isAsked = false
  return (data) => {
    rest = Buffer.concat([rest, data])
    if (!isAsked && rest.length >= COMMAND.length) {
      if (!rest.subarray(0, COMMAND.length).equals(COMMAND)) throw new Error('Asked to do what?')
      rest = rest.subarray(COMMAND.length)
      isAsked = true
    }
    while (isAsked && rest.length >= LENGTH_BYTES) {
      const length = rest.readUInt32BE(0)
      if (length === 0) return Buffer.concat(pieces)
      if (rest.length < LENGTH_BYTES + length) return null
      pieces.push(rest.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
      rest = rest.subarray(LENGTH_BYTES + length)
    }
    return null
  }
}

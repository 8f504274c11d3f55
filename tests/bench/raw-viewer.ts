import { once } from 'node:events'
import { WebSocket } from 'ws'

/** Of Hocuspocus' protocol. */
const [SYNC, AUTH, STATELESS] = [0, 2, 5]
const [TOKEN, REFUSED, LET_IN] = [0, 1, 2]
const STEP_ONE = 0

/** One of thousands who look at a document: a socket without a provider, which would cost more. */
export interface RawViewer {
  say(message: string): void
  leave(): void
}

/** Opens a document, and resolves once it was let in; `hear` is called for each message after that. */
export async function aRawViewer(
  port: number,
  name: string,
  token: string,
  hear: (message: Buffer) => void = () => {},
): Promise<RawViewer> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/collab`, { perMessageDeflate: false })
  await once(socket, 'open')
  const head = [name.length, ...Buffer.from(name)]
  const send = (...parts: readonly (number | string)[]) =>
    socket.send(Buffer.from([...head, ...parts.flatMap(encoded)]))
  const isIn = Promise.withResolvers<void>()
  socket.on('message', (data: Buffer) => {
    const [type, kind] = data.subarray(head.length)
    if (type === STATELESS) return hear(data)
    if (type !== AUTH) return
    if (kind === LET_IN) isIn.resolve()
    if (kind === REFUSED) isIn.reject(new Error('A viewer was not let in.'))
  })
  socket.once('close', (code) => isIn.reject(new Error(`A viewer was sent away with ${code}.`)))
  send(AUTH, TOKEN, token)
  // All that it lacks of an empty state.
  send(SYNC, STEP_ONE, 1, 0)
  await isIn.promise
  return {
    say: (message) => send(STATELESS, message),
    leave: () => socket.terminate(),
  }
}

/** Numbers below 128 as they are; words with their length before them. */
function encoded(part: number | string): number[] {
  if (typeof part === 'number') return [part]
  const bytes = [...Buffer.from(part)]
  const [low, high] = [bytes.length % 128, Math.floor(bytes.length / 128)]
  return high === 0 ? [low, ...bytes] : [low + 128, high, ...bytes]
}

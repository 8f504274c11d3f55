import { createReadStream } from 'node:fs'
import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { within } from '#core/kernel/within.ts'
import type { Scanner } from './scanner.ts'

const ANSWER_LIMIT_MS = 30_000
/** An answer is a line; who sends more is no clamd. */
const ANSWER_BYTES_MAX = 4_096

/**
 * The scanner behind a clamd of ClamAV, at `host:port` or `/path/of/its.socket`. Files are streamed to
 * it (INSTREAM), so it needs no access to our disk. What does not answer in time has not scanned.
 */
export function clamdScanner(address: string, limitMs = ANSWER_LIMIT_MS): Scanner {
  return {
    scans: true,
    async scan(path) {
      const socket = connect(placeOf(address))
      try {
        const answer = answerOn(socket)
        send(path, socket).catch((error: Error) => socket.destroy(error))
        return verdictOf(await within(answer, limitMs))
      } finally {
        socket.destroy()
      }
    },
  }
}

function placeOf(address: string): NetConnectOpts {
  if (address.startsWith('/')) return { path: address }
  const { hostname, port } = new URL(`tcp://${address}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** The command, then each piece behind its length in four bytes, then a length of nothing. */
async function send(path: string, socket: Socket): Promise<void> {
  await pipeline(Readable.from(framed(path)), socket, { end: false })
}

async function* framed(path: string): AsyncGenerator<Buffer> {
  yield Buffer.from('zINSTREAM\0')
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    yield lengthOf(piece.length)
    yield piece
  }
  yield lengthOf(0)
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}

async function answerOn(socket: Socket): Promise<string> {
  let answer = ''
  for await (const piece of socket as AsyncIterable<Buffer>) {
    answer += piece.toString()
    if (answer.endsWith('\0') || answer.length > ANSWER_BYTES_MAX) break
  }
  return answer.replace(/\0$/, '')
}

function verdictOf(answer: string): string | null {
  if (/^stream: OK$/.test(answer)) return null
  const [, found] = /^stream: (.+) FOUND$/.exec(answer) ?? []
  if (found !== undefined) return found
  throw new Error(`The virus scanner did not say whether the file is well: ${answer || 'nothing'}`)
}

import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

interface ReceivedLetter {
  readonly to: string
  readonly raw: string
}

/** A real mail server that keeps what it gets; `refuseOnce` has it turn the next letter to an address away. */
export async function aMailServer() {
  const letters: ReceivedLetter[] = []
  const refused: string[] = []
  const unwelcome = new Set<string>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address).join()
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const isUnwelcome = unwelcome.delete(to)
        if (isUnwelcome) refused.push(to)
        else letters.push({ to, raw: Buffer.concat(parts).toString() })
        done(isUnwelcome ? Object.assign(new Error('Later.'), { responseCode: 451 }) : null)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    /** Whose letters it has turned away. */
    refused,
    refuseOnce(to: string) {
      unwelcome.add(to)
    },
    stop: async () => await new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

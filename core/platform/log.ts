import { pino, type Logger } from 'pino'
import { loggedError } from './logged-error.ts'

export type Log = Logger

/** One JSON line per event on standard output; secrets never leave the process through it. */
export function makeLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    serializers: { error: (error: unknown) => loggedError(error) },
    redact: {
      paths: ['*.password', '*.token', '*.authorization', '*.cookie', '*.mac'],
      remove: true,
    },
  })
}

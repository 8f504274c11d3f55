import type { Client } from 'pg'
import { socketOf } from './socket-of.ts'

type Send = (query: unknown, answer: unknown) => void

/**
 * Sends what is asked in one turn as one write: to hand bytes to the system costs a process more
 * than all the rest of a short statement.
 */
export function sendTogether(connection: Client): void {
  const stream = socketOf(connection)
  const send = connection.query.bind(connection) as Send
  let held = false
  const query: Send = (asked, answer) => {
    if (!held) {
      held = true
      stream.cork()
      // Comes when all that was ready to run has run.
      process.nextTick(() => {
        held = false
        stream.uncork()
      })
    }
    send(asked, answer)
  }
  Object.assign(connection, { query })
}

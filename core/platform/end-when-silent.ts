import type { Client } from 'pg'
import { socketOf } from './socket-of.ts'

/** How much later than a statement's own limit its answer, or its refusal, may arrive. */
const SILENCE_MARGIN_MS = 2_000

type Answer = (error: Error | null, result: unknown) => void
type Send = (query: unknown, answer: Answer) => void

/**
 * Takes a connection for lost when an answer is overdue. The server ends a statement at its limit
 * by itself, so one that says nothing for longer hangs, or its network is gone, and whoever waits
 * would wait for as long as that lasts.
 */
export function endWhenSilent(connection: Client, statementLimitMs: number): void {
  const send = connection.query.bind(connection) as Send
  const query: Send = (asked, answer) => {
    const limitMs = statementLimitMs + SILENCE_MARGIN_MS
    const overdue = setTimeout(() => socketOf(connection).destroy(), limitMs)
    send(asked, (error, result) => {
      clearTimeout(overdue)
      answer(error, result)
    })
  }
  Object.assign(connection, { query })
}

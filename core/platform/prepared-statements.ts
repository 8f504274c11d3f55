import type { Client, QueryConfig } from 'pg'

/** A process says few different things; what comes after these is planned each time. */
const STATEMENTS_MAX = 300
/** A column was changed under a prepared statement: it has to be prepared anew. */
const OUTDATED = '0A000'

type Answer = (error: (Error & { code?: string }) | null, result: unknown) => void
type Send = (query: string | QueryConfig, answer: Answer) => void

/**
 * Lets a connection plan each statement once instead of each time: for the short statements of a
 * card action, planning is half of the server's work. Meant for pools whose statements find their
 * rows by key, for a plan that is kept cannot follow the size of what it finds.
 */
export function prepareStatements(connection: Client): void {
  const send = connection.query.bind(connection) as Send
  const names = new Map<string, string>()
  let named = 0

  const nameOf = (text: string): string | undefined => {
    const known = names.get(text)
    if (known !== undefined || names.size >= STATEMENTS_MAX) return known
    named += 1
    names.set(text, `kept${named}`)
    return `kept${named}`
  }

  const query: Send = (asked, answer) => {
    if (typeof asked === 'string' || asked.name || !asked.values?.length) return send(asked, answer)
    const name = nameOf(asked.text)
    send(name === undefined ? asked : { ...asked, name }, (error, result) => {
      if (error?.code === OUTDATED) names.delete(asked.text)
      answer(error, result)
    })
  }
  Object.assign(connection, { query })
}

import type { Socket } from 'node:net'
import type { Client } from 'pg'

/** What a connection's bytes travel on; pg has it, but its types do not say so. */
export function socketOf(connection: Client): Socket {
  return (connection as Client & { connection: { stream: Socket } }).connection.stream
}

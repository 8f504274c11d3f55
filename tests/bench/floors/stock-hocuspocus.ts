import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import pg from 'pg'
import './tell-memory.ts'

// The floor of writing together: Hocuspocus as it comes, with its own extension that stores
// documents, in Postgres. There is no token and there are no limits. Says its port on a line.
const { url, port = 0 } = JSON.parse(process.argv[2]!) as { url: string; port?: number }
const pool = new pg.Pool({ connectionString: url, max: 5 })
await pool.query('create table if not exists documents (name text primary key, state bytea)')

const server = new Server({
  quiet: true,
  address: '127.0.0.1',
  port,
  extensions: [
    new Database({
      async fetch({ documentName }) {
        const { rows } = await pool.query('select state from documents where name = $1', [
          documentName,
        ])
        return rows[0]?.state ?? null
      },
      async store({ documentName, state }) {
        await pool.query(
          `insert into documents values ($1, $2)
           on conflict (name) do update set state = excluded.state`,
          [documentName, state],
        )
      },
    }),
  ],
})
await server.listen()
console.log(server.address.port)

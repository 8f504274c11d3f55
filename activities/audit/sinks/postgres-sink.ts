import { gunzipSync, gzipSync } from 'node:zlib'
import type { Knex } from 'knex'
import { Checkpoint } from '../checkpoint.ts'
import type { AuditSink } from './sink.ts'

/**
 * Keeps them in the database itself: nothing more to run, but whoever restores the database to an
 * older state restores these with it. The caller ends `database`.
 */
export function postgresSink(database: Knex): AuditSink {
  return {
    async putCheckpoint(checkpoint) {
      const row = { number: checkpoint.number, checkpoint }
      await database('audit_checkpoints').insert(row).onConflict('number').ignore()
    },
    async latestCheckpoint() {
      const found = await database('audit_checkpoints')
        .orderBy('number', 'desc')
        .first('checkpoint')
      return found ? Checkpoint.parse(found.checkpoint) : null
    },
    async putLines(name, lines) {
      const packed = gzipSync(lines.join('\n'))
      await database('audit_archived_lines').insert({ name, packed }).onConflict('name').ignore()
    },
    async readLines(name) {
      const found = await database('audit_archived_lines').where({ name }).first('packed')
      if (!found) throw new Error(`There are no archived lines called ${name}.`)
      return gunzipSync(found.packed).toString().split('\n')
    },
    async close() {},
  }
}

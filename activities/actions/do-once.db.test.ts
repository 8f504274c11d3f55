import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { isPassing } from '#core/platform/database-errors.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { doOnce } from './do-once.ts'

const database = useDatabase()

async function aFollowUp(): Promise<string> {
  const { workspaceId } = await aWorkspace(database())
  const id = newId()
  const row = { id, workspace_id: workspaceId, topic: 'test', effect_key: id, payload: {} }
  await database()('outbox').insert(row)
  return id
}

/** An effect that would be seen if it were done twice. */
const addARow: FollowUpHandler = async (trx, { effectKey, workspaceId }) => {
  const row = { id: newId(), workspace_id: workspaceId, payload: {} }
  await trx('outbox').insert({ ...row, topic: effectKey, effect_key: row.id })
}
const effects = async (topic: string) => await database()('outbox').where({ topic })
const doneAt = async (id: string) =>
  (await database()('outbox').where({ id }).first('done_at')).done_at

test('a follow-up asked for many times, also at once, is done once', async () => {
  const id = await aFollowUp()
  await Promise.all([1, 2, 3, 4].map(() => doOnce(database('worker'), id, addARow)))
  await doOnce(database('worker'), id, addARow)
  expect(await effects(id)).toHaveLength(1)
  expect(await doneAt(id)).toBeInstanceOf(Date)
})

test('what breaks between the effect and its mark leaves neither', async () => {
  const id = await aFollowUp()
  const breaks: FollowUpHandler = async (trx, due) => {
    await addARow(trx, due)
    await trx.raw('select pg_terminate_backend(pg_backend_pid())')
  }
  await expect(doOnce(database('worker'), id, breaks)).rejects.toSatisfy(isPassing)
  expect(await effects(id)).toHaveLength(0)
  expect(await doneAt(id)).toBeNull()

  await doOnce(database('worker'), id, addARow)
  expect(await effects(id)).toHaveLength(1)
})

test('a row that is no longer there asks for nothing', async () => {
  const never: FollowUpHandler = async () => {
    throw new Error('must not be called')
  }
  await doOnce(database('worker'), newId(), never)
})

import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aUser } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { purgeSessions } from './purge-sessions.ts'

const database = useDatabase()

test('sessions are forgotten once they are over', async () => {
  const userId = await aUser(database())
  const [over, open] = [-1_000, 60_000].map((leftMs) => ({
    id: newId(),
    user_id: userId,
    family_id: newId(),
    token_hash: Buffer.from(newId()),
    user_agent: 'test',
    ip: '127.0.0.1',
    expires_at: new Date(Date.now() + leftMs),
  }))
  await database()('sessions').insert([over, open])
  expect(await purgeSessions(database('worker'))).toBe(1)
  expect(await database()('sessions').pluck('id')).toEqual([open!.id])
})

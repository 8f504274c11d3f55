import { expect, test } from 'vitest'
import { aUser } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { linkHash, newLinkToken } from './link-token.ts'
import { purgeLinks } from './purge-links.ts'

const database = useDatabase()

test('links are forgotten once they are over, and with them the addresses nobody confirmed', async () => {
  const user_id = await aUser(database())
  for (const leftMs of [-1_000, 60_000]) {
    const link = () => ({
      token_hash: linkHash(newLinkToken()),
      expires_at: new Date(Date.now() + leftMs),
    })
    await database()('sign_ups').insert({ ...link(), email: 'kim@example.com' })
    await database()('password_resets').insert({ ...link(), user_id })
  }
  expect(await purgeLinks(database('worker'))).toBe(2)
  expect(await database()('sign_ups')).toHaveLength(1)
  expect(await database()('password_resets')).toHaveLength(1)
})

import { beforeAll, expect, test } from 'vitest'
import { signToken } from '#core/platform/access-token.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { anS3, S3_KEYS } from '#tests/support/audit/an-s3.ts'
import { PNG } from '#tests/support/files/samples.ts'
import { aBoard, aCard, aWorkspace } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let bucket: Awaited<ReturnType<typeof anS3>>

beforeAll(async () => {
  bucket = await anS3()
  api = await anApi({
    FILES_URL: `s3://files/projectflow?endpoint=${encodeURIComponent(bucket.url)}`,
    S3_ACCESS_KEY_ID: S3_KEYS.AWS_ACCESS_KEY_ID,
    S3_SECRET_ACCESS_KEY: newId(),
  })
  return async () => {
    await api.stop()
    await bucket.stop()
  }
})

test('ASVS line 41: a file in a bucket is had at an address of the bucket, by who may see the card', async () => {
  const board = await aBoard(api.database)
  const cardId = await aCard(api.database, board)
  const sent = `/api/v1/cards/${cardId}/files?name=a.png`
  const { status, body } = await api.call('POST', sent, { as: board.ownerId, body: PNG })
  expect(status).toBe(201)
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await api.database('attachments').insert({ id: body.id, ...home, added_by: board.ownerId })
  const ask = async (as: string) => {
    const headers = { authorization: `Bearer ${await signToken(api.parts.keys, 'api', as)}` }
    const url = `${api.url}/api/v1/attachments/${body.id}/content`
    return await fetch(url, { headers, redirect: 'manual' })
  }
  expect((await ask((await aWorkspace(api.database)).ownerId)).status).toBe(404)

  const told = await ask(board.ownerId)
  expect(told.status).toBe(302)
  expect(told.headers.get('content-disposition')).toBeNull()
  expect(told.headers.get('cache-control')).toBe('no-store')
  const address = told.headers.get('location')!
  expect(new URL(address).origin).toBe(bucket.url)
  const found = await fetch(address)
  expect(Buffer.from(await found.arrayBuffer())).toEqual(PNG)
  expect(found.headers.get('content-disposition')).toBe('inline; filename="a.png"')
})

test('ASVS line 22: pages may fetch from the bucket, and from nowhere else', async () => {
  const policy = (await api.call('GET', '/')).headers.get('content-security-policy')
  expect(policy).toContain(`connect-src 'self' ${bucket.url};`)
})

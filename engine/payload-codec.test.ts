import { randomBytes } from 'node:crypto'
import {
  ApplicationFailure,
  defaultPayloadConverter,
  type DataConverter,
  type Payload,
} from '@temporalio/common'
import {
  decodeFromPayloadsAtIndex,
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
  encodeToPayloads,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js'
import { expect, test } from 'vitest'
import { dataConverter } from './data-converter.ts'

const aKey = () => randomBytes(32).toString('base64url')
const [older, newer] = [aKey(), aKey()]
const TITLE = 'Sell the company'

const converterOf = (MASTER_KEY: string, SEAL_PAYLOADS = true) =>
  loadDataConverter(dataConverter({ MASTER_KEY, SEAL_PAYLOADS }) as DataConverter)

const encode = async (value: unknown, key = older): Promise<Payload[]> =>
  (await encodeToPayloads(converterOf(key), value))!
const decode = async (payloads: Payload[], key = older): Promise<unknown> =>
  await decodeFromPayloadsAtIndex(converterOf(key), 0, payloads)
const shows = (value: unknown, text: string) =>
  JSON.stringify(value, (_, member: unknown) =>
    member instanceof Uint8Array || (member as { type?: string })?.type === 'Buffer'
      ? Buffer.from((member as { data?: Uint8Array }).data ?? (member as Uint8Array)).toString()
      : member,
  ).includes(text)

test('neither a value nor its form shows, and it is read again whole', async () => {
  const value = { title: TITLE, points: 3 }
  const payloads = await encode(value)
  expect(shows(payloads, TITLE)).toBe(false)
  expect(shows(payloads, 'json/plain')).toBe(false)
  expect(shows([defaultPayloadConverter.toPayload(value)], TITLE)).toBe(true)
  expect(await decode(payloads)).toEqual(value)
})

test('what was written before it was switched on is read as it is', async () => {
  expect(await decode([defaultPayloadConverter.toPayload(TITLE)])).toBe(TITLE)
})

test('after a change of key what was written under the older is read, as long as that is kept', async () => {
  const payloads = await encode(TITLE)
  expect(await decode(payloads, `${newer} ${older}`)).toBe(TITLE)
  await expect(decode(payloads, newer)).rejects.toMatchObject({ code: 'seal.wrong_key' })
})

test('a payload somebody changed is not read', async () => {
  const [payload] = await encode(TITLE)
  payload!.data![80]! ^= 1
  await expect(decode([payload!])).rejects.toMatchObject({ code: 'seal.damaged' })
})

test('no message and no stack of an error shows', async () => {
  const error = ApplicationFailure.create({ message: TITLE, details: [TITLE] })
  const failure = await encodeErrorToFailure(converterOf(older), error)
  expect(shows(failure, TITLE)).toBe(false)
  expect(shows(await encodeErrorToFailure(converterOf(older, false), error), TITLE)).toBe(true)
  const read = await decodeOptionalFailureToOptionalError(converterOf(older), failure)
  expect(read?.message).toBe(TITLE)
})

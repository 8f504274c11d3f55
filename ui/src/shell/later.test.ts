import { expect, test } from 'vitest'
import { later, loadAhead } from './later.ts'

const GONE = new TypeError('Failed to fetch')

test('a part is read once, also when several ask for it', async () => {
  let reads = 0
  const part = later(async () => await Promise.resolve(++reads))
  expect(part.code).toBeUndefined()
  expect(await Promise.all([part.load(), part.load()])).toEqual([1, 1])
  expect(await part.load()).toBe(1)
  expect(part.code).toBe(1)
})

test('a part that could not be had is read again when it is asked for again', async () => {
  const answers = [Promise.reject(GONE), Promise.resolve('here')]
  const part = later(async () => await answers.shift()!)
  await expect(part.load()).rejects.toThrow(GONE)
  expect(part.code).toBeUndefined()
  expect(await part.load()).toBe('here')
})

test('parts are read ahead in their order, up to one that cannot be had, and the rest later', async () => {
  let away = true
  const first = later(async () => await Promise.resolve('first'))
  const second = later(async () => (away ? await Promise.reject(GONE) : 'second'))
  const third = later(async () => await Promise.resolve('third'))
  const codes = () => [first.code, second.code, third.code]
  await loadAhead()
  expect(codes()).toEqual(['first', undefined, undefined])
  away = false
  await loadAhead()
  expect(codes()).toEqual(['first', 'second', 'third'])
})

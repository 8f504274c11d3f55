import { expect, test } from 'vitest'
import { said } from './announce.ts'
import { waitFor } from './wait-for.ts'

const TOLD = 'This part of the page could not be loaded'

/** Fails until it is told that it can be had. */
function aPart() {
  const part = { isAway: true, reads: 0 }
  const load = async () => {
    part.reads += 1
    return part.isAway ? await Promise.reject(new TypeError('Failed to fetch')) : 'code'
  }
  return { part, load }
}

test('who waits for a part is told that it is missing, and has it once the network is back', async () => {
  const { part, load } = aPart()
  const code = waitFor(load)
  await expect.poll(() => said.value.text).toBe(TOLD)
  part.isAway = false
  window.dispatchEvent(new Event('online'))
  expect(await code).toBe('code')
  expect(part.reads).toBe(2)
})

test('without a word from the browser it is tried again by itself', async () => {
  const { part, load } = aPart()
  const code = waitFor(load)
  await expect.poll(() => part.reads).toBe(1)
  part.isAway = false
  expect(await code).toBe('code')
})

test('who waits no longer gets nothing, and is told nothing more', async () => {
  const { part, load } = aPart()
  const gone = new AbortController()
  const code = waitFor(load, gone.signal)
  await expect.poll(() => part.reads).toBe(1)
  gone.abort()
  window.dispatchEvent(new Event('online'))
  expect(await code).toBeUndefined()
  expect(part.reads).toBe(1)
})

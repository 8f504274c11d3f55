import { expect, test } from 'vitest'
import { turnstile } from './turnstile.ts'

/** Works that note when they begin and end when they are told to. */
function works() {
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<string>>()
  const work = (name: string) => async () => {
    begun.push(name)
    const end = Promise.withResolvers<string>()
    ends.set(name, end)
    return await end.promise
  }
  return { begun, ends, work }
}

test('so many run at once, the others in the order they came, and too many are turned away', async () => {
  const { begun, ends, work } = works()
  const pass = turnstile(2, 1)
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => pass(work(name)))
  expect(await d).toBeUndefined()
  expect(begun).toEqual(['a', 'b'])

  ends.get('b')?.resolve('B')
  expect(await b).toBe('B')
  expect(begun).toEqual(['a', 'b', 'c'])
  ends.get('a')?.resolve('A')
  ends.get('c')?.resolve('C')
  expect(await Promise.all([a, c])).toEqual(['A', 'C'])
})

test('a work that fails makes room like any other', async () => {
  const pass = turnstile(1, 1)
  const failed = pass(async () => await Promise.reject(new Error('no')))
  const next = pass(async () => await Promise.resolve('yes'))
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('yes')
})

import { expect, test } from 'vitest'
import { inTurn, NoTurn } from './in-turn.ts'
import { CodeFailure, runAlone } from './run-alone.ts'

const LIMIT_MS = 1_000
const run = async (code: string, input: unknown = {}) =>
  JSON.parse(await runAlone({ code, input, timeLimitMs: LIMIT_MS }))

test('a program is given its input and gives what it returns', async () => {
  expect(await run('return { sum: input.a + input.b }', { a: 1, b: 2 })).toEqual({ sum: 3 })
  expect(await run('1 + 1')).toBeNull()
})

test.each([
  'typeof process',
  'typeof require',
  'typeof fetch',
  'typeof setTimeout',
  'typeof globalThis.process',
])('there is nothing outside the language: %s', async (code) => {
  expect(await run(`return ${code}`)).toBe('undefined')
})

test.each([
  ['it throws', 'throw new TypeError("no")', 'TypeError: no'],
  ['it is none', 'return (', 'SyntaxError'],
  ['it imports', 'return import("node:fs")', ''],
  ['it spins', 'for (;;) {}', 'longer than 1 seconds'],
  ['it recurses', 'const f = () => f() + 1; return f()', ''],
  ['it takes all memory', 'const a = []; for (;;) a.push(new Array(1e6).fill("x"))', ''],
])('a program fails by itself when %s, and its neighbours go on', async (_, code, message) => {
  const neighbour = run('return 1')
  const failed = run(code).then(
    (value) => value as unknown,
    (error: unknown) => error,
  )
  expect(await neighbour).toBe(1)
  const error = await failed
  if (error instanceof CodeFailure) expect(error.message).toContain(message)
  // A promise is no value.
  else expect(error).toEqual({})
})

test('a flow whose programs spin keeps those of other flows waiting for none of them', async () => {
  const first = Promise.withResolvers<void>()
  const spinning = inTurn('a', 0, () => first.promise)
  await expect(inTurn('a', 0, async () => 1)).rejects.toBeInstanceOf(NoTurn)
  expect(await inTurn('b', 0, async () => 2)).toBe(2)
  first.resolve()
  await spinning
  expect(await inTurn('a', 0, async () => 3)).toBe(3)
})

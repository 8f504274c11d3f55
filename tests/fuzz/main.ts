import { parseArgs } from 'node:util'
import { bringUp } from '#tests/support/components.ts'
import { playAll } from './play.ts'
import { aWorld } from './world.ts'

const SEEDS = 15

/** `npm run fuzz -- --seeds N --seed S`: the stories of N seeds from S on; 1 where only S is named. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seeds: { type: 'string' }, seed: { type: 'string' } } })
  const first = Number(values.seed ?? Date.now() % 1_000_000)
  const count = Number(values.seeds ?? (values.seed === undefined ? SEEDS : 1))
  if (!Number.isInteger(first) || !Number.isInteger(count)) throw new Error('Seeds are numbers.')

  const interrupted = Promise.withResolvers<never>()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.reject(new Error(`Stopped by ${signal}.`)))
  }
  const components = bringUp()
  const seeds = Array.from({ length: count }, (_, index) => first + index)
  const beganMs = performance.now()
  let broken: readonly number[]
  try {
    broken = await play(await components.up, seeds, interrupted.promise)
  } finally {
    await components.stop()
  }
  const seconds = Math.round((performance.now() - beganMs) / 1_000)
  console.log(`${count - broken.length} of ${count} seeds hold, in ${seconds} s`)
  for (const seed of broken) console.log(`Again: npm run fuzz -- --seed ${seed}`)
  process.exitCode = broken.length > 0 ? 1 : 0
}

async function play(
  { postgresUrl, redisUrl }: { postgresUrl: string; redisUrl: string },
  seeds: readonly number[],
  interrupted: Promise<never>,
): Promise<number[]> {
  const world = await aWorld(postgresUrl, redisUrl)
  try {
    return await Promise.race([playAll(world, seeds, console.log), interrupted])
  } finally {
    await world.close()
  }
}

try {
  await main()
  process.exit()
} catch (error) {
  console.error(error)
  process.exit(1)
}

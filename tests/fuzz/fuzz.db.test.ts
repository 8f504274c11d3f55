import { expect, inject, onTestFinished, test } from 'vitest'
import { playAll } from './play.ts'
import { aWorld } from './world.ts'

const SEEDS = Array.from({ length: 15 }, (_, index) => index + 1)
const LIMIT_MS = 180_000

test(
  'whatever breaks, what was told to be saved is saved, and in the end all read the same',
  {
    timeout: LIMIT_MS,
  },
  async () => {
    const world = await aWorld(inject('postgresUrl'), inject('redisUrl'))
    onTestFinished(() => world.close())
    const broken = await playAll(world, SEEDS, console.log)
    expect(broken, 'npm run fuzz -- --seed SEED').toEqual([])
  },
)

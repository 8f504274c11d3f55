import { doStep, heal } from './do-step.ts'
import { allBecomeEqual, nothingIsMissing, savedIsStored, shownIsStored, soon } from './promises.ts'
import { aScene, storedDoc } from './scene.ts'
import { stepsOf } from './steps.ts'
import type { World } from './world.ts'

/** Plays the stories of some seeds one after the other; answers which did not hold. */
export async function playAll(
  world: World,
  seeds: readonly number[],
  say: (line: string) => void,
): Promise<number[]> {
  const broken: number[] = []
  for (const seed of seeds) {
    const beganMs = performance.now()
    const why = await play(world, seed).then(
      () => null,
      (error: Error) => error.stack ?? error.message,
    )
    say(`seed ${seed}: ${why ?? 'holds'} (${Math.round(performance.now() - beganMs)} ms)`)
    if (why === null) continue
    for (const step of stepsOf(seed)) say(JSON.stringify(step))
    broken.push(seed)
  }
  return broken
}

/** Plays the story of a seed to its end; rejects with `Broken` where a promise is. */
async function play(world: World, seed: number): Promise<void> {
  const scene = await aScene(world)
  try {
    await soon(scene, 'has opened it', () => scene.seats.every(({ person }) => person.isSaved()))
    for (const step of stepsOf(seed)) await doStep(scene, step)
    await heal(scene)
    await shownIsStored(scene)
    await allBecomeEqual(scene)
    await savedIsStored(scene)
    await nothingIsMissing(scene, await storedDoc(scene))
  } finally {
    await heal(scene)
    for (const { person } of scene.seats) person.leave()
  }
}

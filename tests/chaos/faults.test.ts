import { Client, Connection } from '@temporalio/client'
import { Redis } from 'ioredis'
import { beforeAll, describe, expect, inject, onTestFailed, onTestFinished, test } from 'vitest'
import { lastEvent, misfits } from './books.ts'
import { staleProjections, told, toBeTold, undone } from './follow-ups.ts'
import { anInstallation, type Installation } from './installation.ts'
import { aTeam, work, type Deed, type Team } from './load.ts'
import { dice, seeds } from './seed.ts'
import { lastSeen, watch } from './watch.ts'

/** What Redis has lost is queued anew after 30 s, and a worker that died holds its jobs as long. */
const FOLLOW_UPS_LIMIT_MS = 90_000
const HANG_MS = 5_000
/** A viewer whose socket broke comes back within moments, and is told what it missed. */
const SEEN_LIMIT_MS = 20_000
const LEFT_LIMIT_MS = 20_000

/** The faults that take follow-ups with them come first, so that the rest need not wait for them. */
const FAULTS: Readonly<Record<string, (it: Installation) => Promise<void>>> = {
  'redis is emptied': emptyRedis,
  'redis is killed': async (it) => it.kill('redis'),
  'the worker is killed': async (it) => it.kill('worker'),
  'the api is killed': async (it) => it.kill('api'),
  'collab is killed': async (it) => it.kill('collab'),
  // Longer than anybody waits for an answer, so that people are told to try again.
  'temporal hangs': async (it) => await it.hang('temporal', HANG_MS),
  'temporal is killed': async (it) => it.kill('temporal'),
  'postgres is killed': async (it) => it.kill('postgres'),
}

let it: Installation

beforeAll(async () => {
  it = await anInstallation()
  return () => it.stop()
})

describe.each(seeds())('CHAOS_SEED=%i', (seed) => {
  const after = new Map<string, { team: Team; deeds: Deed[] }>()

  test.each(Object.keys(FAULTS))(
    '%s: nothing answered is lost, nothing done twice',
    async (fault) => {
      onTestFailed(() => console.error(it.lastWords()))
      const team = await aTeam(it)
      const viewer = await watch(it, team)
      onTestFinished(() => viewer.leave())
      const deeds = await work(it, team, dice(seed), () => FAULTS[fault]!(it))
      after.set(fault, { team, deeds })
      expect(await misfits(it, team, deeds)).toEqual([])
      const last = await lastEvent(it, team)
      await expect.poll(() => lastSeen(viewer), { timeout: SEEN_LIMIT_MS }).toBe(last)
    },
  )

  test.each(Object.keys(FAULTS))(
    '%s: everybody is told once, everything is found',
    async (fault) => {
      onTestFailed(() => console.error(it.lastWords()))
      const { team, deeds } = after.get(fault)!
      await expect.poll(() => undone(it, team), { timeout: FOLLOW_UPS_LIMIT_MS }).toBe(0)
      expect(await told(it, team)).toEqual(toBeTold(team, deeds))
      expect(await staleProjections(it, team, deeds)).toEqual([])
    },
  )
})

test('no workflow is left behind', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') })
  onTestFinished(() => connection.close())
  const query = `TaskQueue = '${it.taskQueue}' AND ExecutionStatus != 'Completed'`
  const { workflow } = new Client({ connection })
  const left = async () => (await workflow.count(query)).count
  await expect.poll(left, { timeout: LEFT_LIMIT_MS }).toBe(0)
  expect((await workflow.count(`TaskQueue = '${it.taskQueue}'`)).count).toBeGreaterThan(0)
})

async function emptyRedis(): Promise<void> {
  const redis = new Redis(inject('redisUrl'))
  await redis.flushall()
  redis.disconnect()
}

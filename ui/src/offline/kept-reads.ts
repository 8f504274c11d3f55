import type { Id } from '#core/kernel/ids.ts'
import { within } from '#core/kernel/within.ts'
import { isSignedIn, owner } from '../shell/access.ts'
import { asApiError } from '../shell/api-error.ts'
import { later } from '../shell/later.ts'

/** A server that has not answered by then is, for now, not waited for. */
const SLOW_MS = 1_000
/** A storage that does not answer by then is none. */
const STORE_LIMIT_MS = 2_000

const store = later(async () => await import('./read-store.ts'))

/**
 * Works on what this browser keeps of whoever is signed in; undefined when it keeps nothing. That is
 * no fault: the server is asked anyway.
 */
async function withStore<Value>(
  work: (code: Awaited<ReturnType<typeof store.load>>, userId: Id) => Promise<Value>,
): Promise<Value | undefined> {
  const userId = owner()
  if (userId === undefined || !isSignedIn()) return undefined
  const worked = store.load().then(async (code) => await work(code, userId))
  return await within(worked, STORE_LIMIT_MS).catch(() => undefined)
}

/** Keeps an answer of the API to show it while the server is away. `home` is what it goes away with. */
export async function keepRead(path: string, value: unknown, home = ''): Promise<void> {
  const kind = path.split('/')[1]!
  const seenAt = Date.now()
  await withStore(async ({ putRead }, userId) => {
    await putRead({ userId, path, kind, home, seenAt, value })
  })
}

export async function keptRead<Value>(path: string): Promise<Value | undefined> {
  const value = await withStore(async ({ getRead }, userId) => await getRead(userId, path))
  return value as Value | undefined
}

export async function forgetRead(path: string): Promise<void> {
  await withStore(async ({ deleteRead }, userId) => await deleteRead(userId, path))
}

/** Settles when it makes sense to show what is kept: at once without a network, else after a moment. */
async function slow(): Promise<void> {
  if (navigator.onLine) await new Promise((resolve) => setTimeout(resolve, SLOW_MS))
}

/** What is kept, once it makes sense to show it and those others have settled. */
export async function keptWhenSlow<Value>(
  path: string,
  ...others: readonly Promise<unknown>[]
): Promise<Value | undefined> {
  const kept = keptRead<Value>(path)
  await Promise.all([slow(), ...others])
  return await kept
}

/**
 * What `read` answers, which is kept; or what was kept, while the server is away or slow. `late` is
 * told what came after that.
 */
export async function readOrKept<Value>(
  path: string,
  read: () => Promise<Value>,
  late: (value: Value) => void = () => {},
): Promise<Value> {
  let isOld = false
  let isOver = false
  const fresh = read().then(
    (value) => {
      isOver = true
      void keepRead(path, value)
      if (isOld) late(value)
      return value
    },
    (error: unknown) => {
      if (asApiError(error).isGone) void forgetRead(path)
      throw error
    },
  )
  const old = async () => {
    const value = isOver ? undefined : await keptRead<Value>(path)
    if (value === undefined) return await fresh
    isOld = true
    return value
  }
  const notAway = fresh.catch(async (error: unknown) => {
    if (!asApiError(error).isAway) throw error
    return await old()
  })
  return await Promise.race([notAway, slow().then(old)])
}

/** Forgets kept boards whose home is gone for this person. */
export async function forgetBoardsOf(isGone: (home: string) => boolean): Promise<void> {
  await withStore(async ({ deleteBoardsOf }, userId) => await deleteBoardsOf(userId, isGone))
}

/** Whoever is signed in is the only one whose reads this browser keeps. */
export async function forgetReadsOfOthers(): Promise<void> {
  await withStore(async ({ clearReadsOfOthers }, userId) => await clearReadsOfOthers(userId))
}

/** Forgets what the person has seen who signs out; throws when that was not done in time. */
export async function forgetReads(userId: Id): Promise<void> {
  const code = await within(store.load(), STORE_LIMIT_MS)
  await within(code.clearReads(userId), STORE_LIMIT_MS)
}

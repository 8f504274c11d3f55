import { Interrupted } from './failures.ts'

/** Waits for all of them; then throws what weighs most: an interruption, or else the first failure. */
export async function settle(all: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(all)
  const thrown = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
  if (thrown.length > 0) throw thrown.find((each) => each instanceof Interrupted) ?? thrown[0]
}

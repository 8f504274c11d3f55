import type { TestWriter } from './writer.ts'

/** Somebody who writes lines nobody else writes, and remembers which were acknowledged. */
export interface Typist {
  readonly written: readonly string[]
  /** What the screen would have said is saved. */
  acknowledged(): readonly string[]
  /** Goes on until `signal` aborts. */
  type(perSecond: number, signal: AbortSignal): Promise<void>
}

export function aTypist(writer: TestWriter, name: string): Typist {
  const written: string[] = []
  return {
    written,
    // Each line is one change, and changes are acknowledged in their order.
    acknowledged: () => written.slice(0, written.length - writer.provider.unsyncedChanges),
    async type(perSecond, signal) {
      while (!signal.aborted) {
        const line = `${name}-${written.length}`
        written.push(line)
        writer.write(line)
        await new Promise((resolve) => setTimeout(resolve, 1_000 / perSecond))
      }
    },
  }
}

import { shallowRef } from 'vue'

/** A page that is never quiet still gets its next part after this time. */
const QUIET_WAIT_MS = 1_000

/** A part of the page whose code comes after the page itself. */
export interface Later<Code> {
  /** The code, for Vue to watch; undefined until it was read. */
  readonly code: Code | undefined
  /** Reads the code once. Rejects when it cannot be had now; asked again, it is read again. */
  load(): Promise<Code>
}

const parts: Later<unknown>[] = []

/** Names a part by the import that reads it. */
export function later<Code>(read: () => Promise<Code>): Later<Code> {
  const code = shallowRef<Code>()
  let reading: Promise<Code> | undefined

  async function readOnce(): Promise<Code> {
    try {
      code.value = await read()
      return code.value
    } catch (error) {
      reading = undefined
      throw error
    }
  }

  const part: Later<Code> = {
    get code() {
      return code.value
    },
    load: async () => await (reading ??= readOnce()),
  }
  parts.push(part)
  return part
}

/**
 * Reads every part ahead, one after the other whenever the page is quiet, so that all are there
 * when the network is not. Ends at a part that cannot be had.
 */
export async function loadAhead(): Promise<void> {
  for (const part of parts.filter(({ code }) => code === undefined)) {
    await quiet()
    try {
      await part.load()
    } catch {
      // Nobody waits for it yet; whoever does is told why it does not come.
      return
    }
  }
}

async function quiet(): Promise<void> {
  await new Promise<unknown>((resolve) => {
    // Safari does not tell when it is quiet.
    if (!('requestIdleCallback' in window)) return void setTimeout(resolve)
    requestIdleCallback(resolve, { timeout: QUIET_WAIT_MS })
  })
}

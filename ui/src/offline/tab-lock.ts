import { newId, type Id } from '#core/kernel/ids.ts'

/** Names this page among the tabs of the browser. */
export const TAB: Id = newId()

const nameOf = (tab: Id) => `projectflow.tab.${tab}`
const waitedFor = new Set<Id>()
let held = false

/** Tells the other tabs, for as long as this page lives, that it sends its commands itself. */
export function holdTab(): void {
  if (held) return
  held = true
  void locks()?.request(nameOf(TAB), async () => await new Promise(() => {}))
}

/**
 * Takes over from tabs that are gone, one taker for each; settles when that is done. Of those that
 * live it takes over once they go.
 */
export async function takeOverFrom(
  tabs: readonly Id[],
  take: (tab: Id) => Promise<void>,
): Promise<void> {
  const manager = locks()
  const others = tabs.filter((tab) => tab !== TAB && !waitedFor.has(tab))
  await Promise.all(
    others.map(async (tab) => {
      // Pages that are not served securely have no locks: two may send the same, under one key.
      if (!manager) return await take(tab)
      await manager.request(nameOf(tab), { ifAvailable: true }, async (lock) => {
        if (lock) await take(tab)
        else void takeOnceGone(manager, tab, take)
      })
    }),
  )
}

async function takeOnceGone(
  manager: LockManager,
  tab: Id,
  take: (tab: Id) => Promise<void>,
): Promise<void> {
  waitedFor.add(tab)
  await manager.request(nameOf(tab), async () => await take(tab))
  waitedFor.delete(tab)
}

function locks(): LockManager | undefined {
  return 'locks' in navigator ? navigator.locks : undefined
}

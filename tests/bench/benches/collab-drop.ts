import { setTimeout as sleep } from 'node:timers/promises'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { BrowserSocket } from '#tests/support/browser-socket.ts'
import { freePort } from '#tests/support/free-port.ts'
import type { CollabSide, TwoCollabs } from '../collab-sides.ts'
import { AT_ONCE, eachOf } from '../crowd.ts'
import { atLeast, row, type Row } from '../row.ts'

/** As the UI: each tab waits another while before it comes back. */
const BACK_AFTER_MS = { min: 300, spread: 2_000, max: 15_000 }
const DROPPED = 1_000
const BACK_WITHIN_MS = 10_000

/** Of so many who are dropped at once by a killed server, the share that is back ten seconds later. */
export async function backAfterDrop({ ours, floor, tokens }: TwoCollabs): Promise<Row> {
  const ofSide = async (side: CollabSide) => {
    const port = await freePort()
    const node = await side.start({ port })
    const textId = await side.aText()
    const visitors = await eachOf([...Array(DROPPED).keys()], AT_ONCE, async (index) => {
      const visitor = aVisitor(port, textId, tokens[index % tokens.length]!)
      while (!visitor.provider.isSynced) await sleep(10)
      return visitor
    })
    const untilMs = performance.now() + BACK_WITHIN_MS
    await node.kill()
    const next = await side.start({ port })
    const isBack = () => visitors.filter(({ provider }) => provider.isSynced).length
    while (isBack() < DROPPED && performance.now() < untilMs) await sleep(50)
    const share = (100 * isBack()) / DROPPED
    for (const { provider, socket } of visitors) {
      provider.destroy()
      socket.destroy()
    }
    await next.kill()
    return share
  }
  const share = { ours: await ofSide(ours), floor: await ofSide(floor) }
  return row(`of ${DROPPED} dropped at once back within 10 s, %`, share, atLeast(99))
}

function aVisitor(port: number, textId: string, token: string) {
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab`,
    delay: Math.round(BACK_AFTER_MS.min + Math.random() * BACK_AFTER_MS.spread),
    minDelay: BACK_AFTER_MS.min,
    maxDelay: BACK_AFTER_MS.max,
    WebSocketPolyfill: BrowserSocket,
  })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: `card:${textId}`,
    token,
  })
  provider.attach()
  return { provider, socket }
}

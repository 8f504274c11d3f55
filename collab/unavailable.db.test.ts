import { expect, onTestFinished, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { plainText } from '#activities/texts/text-lines.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { aBrowserWebsocket } from '#tests/support/browser-websocket.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'
import { useCollab } from '#tests/support/use-collab.ts'
import { openText } from '../ui/src/shell/text-socket.ts'
import { startCollab } from './collab.ts'

const { database, url, settings, tokenOf } = useCollab()
const STATEMENT_LIMIT_MS = 1_000
const SOON = { timeout: 5_000, interval: 10 }

/** Collab that soon gives up what Postgres does not answer. */
async function anImpatientCollab(): Promise<number> {
  const limits = { connectionsMax: 5, statementLimitMs: STATEMENT_LIMIT_MS }
  const pool = openDatabase({ url: url(), name: 'impatient', ...limits })
  const collab = await startCollab(settings(), pool, makeLog('test', 'silent'))
  onTestFinished(async () => {
    await collab.stop()
    await pool.destroy()
  })
  return collab.port
}

/** The text of a card as a page opens it, on a socket of its own. */
async function openOn(port: number, cardId: string, userId: string) {
  const [doc, synced] = [new Doc(), vi.fn<() => void>()]
  const token = await tokenOf(userId)
  const { websocket, closed } = aBrowserWebsocket(port)
  const text = openText(websocket, cardId, {
    doc,
    awareness: new Awareness(doc),
    token: async () => await Promise.resolve(token),
    synced,
    mayWrite: () => {},
    gone: () => {},
    unsaved: () => {},
    tooLarge: () => {},
  })
  onTestFinished(() => {
    text.close()
    websocket.destroy()
  })
  return { closed, synced, words: () => plainText(doc) }
}

test('who waited for a text that somebody else began to open, in vain, has it as soon as it can be read', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { description: 'It fails.' })
  const bob = await aMember(database(), board, 'member')
  const port = await anImpatientCollab()
  const hold = await database().transaction()
  await hold.raw('lock table crdt_docs')
  const both = await Promise.all([openOn(port, cardId, board.ownerId), openOn(port, cardId, bob)])
  await vi.waitFor(() => {
    for (const { closed } of both) expect(closed).not.toEqual([])
  }, SOON)
  // One of them began: its socket was closed by the server. The other one broke its own.
  expect(both.filter(({ closed }) => closed[0] === 1013)).toHaveLength(1)
  for (const { synced } of both) expect(synced).not.toHaveBeenCalled()
  await hold.rollback()
  await vi.waitFor(() => {
    for (const { words } of both) expect(words()).toBe('It fails.')
  }, SOON)
})

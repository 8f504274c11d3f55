import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { plainText } from '#activities/texts/text-lines.ts'
import { Broken, headOf, nameAt, storedDoc, type Scene } from './scene.ts'

/** Once all is whole again, everybody has read everything within so long. */
const EQUAL_WITHIN_MS = 5_000
const LOOK_EVERY_MS = 20

/** What somebody sees of others is in Postgres, whatever has just died. */
export async function shownIsStored(scene: Scene): Promise<void> {
  const shown = scene.seats.flatMap((seat) =>
    seat.person.lines().filter((line) => !line.startsWith(`${nameAt(seat)}-`)),
  )
  refuseMissing(scene, await storedDoc(scene), shown, 'was shown, and is not in Postgres')
}

/** What was told to be saved is in Postgres, also of those who are gone. */
export async function savedIsStored(scene: Scene): Promise<void> {
  const saved = scene.seats.flatMap(({ person }) => person.saved())
  const all = [...scene.savedBefore, ...saved]
  refuseMissing(scene, await storedDoc(scene), all, 'was told to be saved, and is lost')
}

function refuseMissing({ struck }: Scene, doc: Y.Doc, lines: readonly string[], what: string) {
  const stored = new Set(plainText(doc).split('\n'))
  const missing = lines.filter(
    (line) => /^p\d/.test(line) && !stored.has(line) && !struck.has(line),
  )
  if (missing.length > 0) throw new Broken(`${missing.join(', ')} ${what}.`)
}

/** With nothing in the way any more, all have the same bytes and know of every event. */
export async function allBecomeEqual(scene: Scene): Promise<void> {
  await soon(scene, 'is equal', async () => {
    const [wanted, head] = [
      canonical(await storedDoc(scene)),
      await headOf(scene.world, scene.board.boardId),
    ]
    return scene.seats.every(
      ({ person }) =>
        person.isSaved() && person.offset() === head?.offset && canonical(person.doc) === wanted,
    )
  })
}

/** No text waits for something that never comes, no event was skipped, no process has ended. */
export async function nothingIsMissing({ world, seats }: Scene, stored: Y.Doc): Promise<void> {
  const docs = [stored, ...seats.map(({ person }) => person.doc)]
  const hasHole = docs.some(({ store }) => store.pendingStructs ?? store.pendingDs)
  if (hasHole) throw new Broken('A text has holes.')
  const wrongs = seats.flatMap(({ person }) => person.wrongs)
  if (wrongs.length > 0) throw new Broken(wrongs.join(', '))
  if (world.nodes.some((node) => node.hasDied())) throw new Broken('A process has ended by itself.')
}

export async function soon(
  scene: Scene,
  what: string,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const untilMs = Date.now() + EQUAL_WITHIN_MS
  while (!(await isSo())) {
    if (Date.now() > untilMs) {
      throw new Broken(`After ${EQUAL_WITHIN_MS} ms not all ${what}.\n${await seen(scene)}`)
    }
    await sleep(LOOK_EVERY_MS)
  }
}

/** For whoever has to find out why. */
async function seen(scene: Scene): Promise<string> {
  const doc = await storedDoc(scene)
  const [stored, wanted] = [plainText(doc).split('\n'), canonical(doc)]
  const seats = scene.seats.map((seat) => {
    const lines = seat.person.lines()
    const lacks = stored.filter((line) => !lines.includes(line)).join(' ')
    const more = lines.filter((line) => !stored.includes(line)).join(' ')
    const isEqual = canonical(seat.person.doc) === wanted
    const state = `equal ${isEqual}, saved ${seat.person.isSaved()}, event ${seat.person.offset()}`
    return `${nameAt(seat)} at ${seat.node}: ${state}, lacks [${lacks}], has [${more}]`
  })
  return seats.join('\n')
}

/** The bytes of a text as whoever reads it anew would write it. */
function canonical(doc: Y.Doc): string {
  const again = new Y.Doc()
  Y.applyUpdate(again, Y.encodeStateAsUpdate(doc))
  const bytes = Buffer.from(Y.encodeStateAsUpdateV2(again)).toString('base64')
  again.destroy()
  return bytes
}

import type { CollabSettings } from '#collab/collab.ts'
import { killable, killableCollab, type Killable } from '#tests/support/killable.ts'
import { aCard } from '#tests/support/fixtures.ts'
import { aWriter, type TestWriter } from '#tests/support/writer.ts'
import type { Stage } from './stage.ts'
import { databaseBeside, someBoards, someMembers, tokenFor, withDatabase } from './world.ts'

const STOCK = new URL('floors/stock-hocuspocus.ts', import.meta.url)

/** A server of texts that is started and killed, and people who open them there. */
export interface CollabSide {
  start(): Promise<Killable>
  /** A text nobody has opened. */
  aText(): Promise<string>
  /** Opens a text as so many people, each in a browser of their own. */
  open(node: Pick<Killable, 'port'>, textId: string, people: number): Promise<TestWriter[]>
}

/** Ours and the stock one, each with a database of its own on one server. */
export async function theTwoCollabs(
  stage: Stage,
  peopleMax: number,
): Promise<{ ours: CollabSide; floor: CollabSide }> {
  const { databaseUrl, environment } = stage
  const { board, userIds } = await withDatabase(databaseUrl, async (database) => {
    const [made] = await someBoards(database, 1, 1)
    return { board: made!, userIds: await someMembers(database, made!, peopleMax) }
  })
  const authKey = environment['AUTH_KEY']!
  const tokens = await Promise.all(userIds.map((userId) => tokenFor(authKey, userId)))
  const aText = () => withDatabase(databaseUrl, (database) => aCard(database, board))
  const floorUrl = await databaseBeside(databaseUrl, 'stock')
  const settings = {
    HOST: '127.0.0.1',
    COLLAB_PORT: 0,
    REDIS_URL: environment['REDIS_URL']!,
    REDIS_PREFIX: environment['REDIS_PREFIX'] ?? 'bench',
    AUTH_KEY: authKey,
  } satisfies CollabSettings

  async function open({ port }: Pick<Killable, 'port'>, textId: string, people: number) {
    const writers = tokens.slice(0, people).map((token) => aWriter(port, textId, token))
    await Promise.all(writers.map((writer) => writer.saved()))
    return writers
  }
  return {
    ours: {
      start: () => killableCollab(environment['COLLAB_DATABASE_URL']!, settings),
      aText,
      open,
    },
    floor: { start: () => killable(STOCK, { url: floorUrl }), aText, open },
  }
}

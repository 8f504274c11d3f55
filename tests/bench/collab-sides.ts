import type { CollabSettings } from '#collab/collab.ts'
import { killable, killableCollab, type Killable } from '#tests/support/killable.ts'
import { aCard } from '#tests/support/fixtures.ts'
import { aWriter, type TestWriter } from '#tests/support/writer.ts'
import type { Stage } from './stage.ts'
import { databaseBeside, someBoards, someMembers, tokenFor, withDatabase } from './world.ts'

const STOCK = new URL('floors/stock-hocuspocus.ts', import.meta.url)

/** Where a server listens and finds what it needs, if not where all do. */
interface Where {
  readonly port?: number
  readonly databaseUrl?: string
  readonly redisUrl?: string
}

/** A server of texts that is started and killed, and people who open them there. */
export interface CollabSide {
  start(where?: Where): Promise<Killable>
  /** A text nobody has opened. */
  aText(): Promise<string>
  /** Opens a text as so many people, each in a browser of their own. */
  open(node: Pick<Killable, 'port'>, textId: string, people: number): Promise<TestWriter[]>
}

/** Where ours finds its tables, all tables, Redis, and there what the engine says. */
interface CollabPlace {
  readonly collabUrl: string
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly prefix: string
  readonly authKey: string
}

export interface TwoCollabs {
  readonly ours: CollabSide
  readonly floor: CollabSide
  /** The tokens of the people who may open what ours has. */
  readonly tokens: readonly string[]
  readonly place: CollabPlace
}

/** Ours and the stock one, each with a database of its own on one server. */
export async function theTwoCollabs(stage: Stage, peopleMax: number): Promise<TwoCollabs> {
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
  const collabUrl = environment['COLLAB_DATABASE_URL']!
  return {
    ours: {
      start: ({ port = 0, databaseUrl: url = collabUrl, redisUrl = settings.REDIS_URL } = {}) =>
        killableCollab(url, { ...settings, COLLAB_PORT: port, REDIS_URL: redisUrl }),
      aText,
      open,
    },
    floor: {
      start: ({ port = 0 } = {}) => killable(STOCK, { url: floorUrl, port }),
      aText,
      open,
    },
    tokens,
    place: {
      collabUrl,
      databaseUrl,
      redisUrl: settings.REDIS_URL,
      prefix: settings.REDIS_PREFIX,
      authKey,
    },
  }
}

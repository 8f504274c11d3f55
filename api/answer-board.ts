import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { boardHead, boardView } from '#activities/kanban/queries.ts'
import type { BoardView } from '#core/contracts/views.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { isCurrent, setMark } from './board-etag.ts'
import type { Context } from './context.ts'
import { KeptBoards } from './kept-boards.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'

type Pack = (text: string) => Promise<Buffer>

const [zstd, brotli, gzipped] = [
  promisify(zstdCompress),
  promisify(brotliCompress),
  promisify(gzip),
]
const ZSTD = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }

/** As all other answers are packed, in order of preference and at its fastest. */
const PACKS: readonly (readonly [encoding: string, pack: Pack])[] = [
  ['zstd', async (text) => await zstd(text, ZSTD)],
  ['br', async (text) => await brotli(text, BROTLI)],
  ['gzip', async (text) => await gzipped(text, { level: 1 })],
]

const kept = new KeptBoards()

/**
 * Answers a board: 304 to who has it, from memory when it was packed before, else read anew.
 * Refuses with `board.not_found`.
 */
export async function answerBoard(
  ctx: Context,
  { database }: Parts,
  userId: string,
  boardId: string,
): Promise<BoardView | undefined> {
  const head = await readAs(database, { userId }, (trx) => boardHead(trx, userId, boardId))
  if (!head) throw refuse('board.not_found')
  if (isCurrent(ctx, head)) return undefined
  ctx.vary('accept-encoding')
  const wanted = PACKS.find(([encoding]) => ctx.acceptsEncodings(encoding))
  const name = `${wanted?.[0]} ${boardId}`
  const found = kept.find(name, JSON.stringify(head))
  if (found) return send(ctx, head, { encoding: wanted![0], body: found })
  const view = await readAs(database, { userId }, (trx) => boardView(trx, userId, boardId))
  if (!view) throw refuse('board.not_found')
  setMark(ctx, view)
  if (!wanted) return view
  const { cards: _, ...newHead } = view
  const body = await wanted[1](JSON.stringify(view))
  kept.keep(name, JSON.stringify(newHead), body)
  return send(ctx, view, { encoding: wanted[0], body })
}

function send(
  ctx: Context,
  mark: Parameters<typeof setMark>[1],
  { encoding, body }: { encoding: string; body: Buffer },
): undefined {
  setMark(ctx, mark)
  ctx.set('content-encoding', encoding)
  ctx.type = 'json'
  ctx.body = body
}

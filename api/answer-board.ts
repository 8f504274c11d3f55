import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'
import { boardHead, boardView, type BoardHead } from '#activities/kanban/queries.ts'
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
  const found = await readAs(database, { userId }, (trx) => boardHead(trx, userId, boardId))
  if (!found) throw refuse('board.not_found')
  const mark = markOf(found)
  if (isCurrent(ctx, mark)) return undefined
  ctx.vary('accept-encoding')
  const wanted = PACKS.find(([encoding]) => ctx.acceptsEncodings(encoding))
  const name = `${wanted?.[0]} ${boardId}`
  const packed = kept.find(name, mark.head)
  if (packed) return send(ctx, mark, { encoding: wanted![0], body: packed })
  const view = await readAs(database, { userId }, (trx) => boardView(trx, userId, boardId))
  if (!view) throw refuse('board.not_found')
  const { cards: _, ...newHead } = view
  const newMark = markOf(newHead)
  setMark(ctx, newMark)
  if (!wanted) return view
  const body = await wanted[1](JSON.stringify(view))
  kept.keep(name, newMark.head, body)
  return send(ctx, newMark, { encoding: wanted[0], body })
}

const markOf = (head: BoardHead) => ({
  epoch: head.epoch,
  offset: head.offset,
  head: JSON.stringify(head),
})

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

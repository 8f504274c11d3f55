import { Readable } from 'node:stream'
import type { AuditExportAsked, AuditLineView } from '#core/contracts/audit.ts'
import { PAGE_SIZE_MAX } from '#core/kernel/limits.ts'
import type { Page } from '#core/platform/page.ts'

/** Of more lines somebody asks for parts, by from and to. */
const EXPORT_LINES_MAX = 50_000

const COLUMNS = [
  'createdAt',
  'actorId',
  'actorName',
  'action',
  'decision',
  'reason',
  'targetKind',
  'targetId',
  'before',
  'after',
  'requestId',
  'ip',
  'isSealed',
] as const satisfies (keyof AuditLineView)[]

type PageOf = (asked: { cursor?: string; limit: number }) => Promise<Page<AuditLineView>>

/** The lines as a file, read page by page while they are sent. */
export function auditExport(format: AuditExportAsked['format'], pageOf: PageOf): Readable {
  return Readable.from(format === 'csv' ? csv(pageOf) : ndjson(pageOf))
}

async function* ndjson(pageOf: PageOf) {
  for await (const line of linesOf(pageOf)) yield `${JSON.stringify(line)}\n`
}

async function* csv(pageOf: PageOf) {
  yield `${COLUMNS.join()}\r\n`
  for await (const line of linesOf(pageOf)) {
    yield `${COLUMNS.map((column) => cell(line[column])).join()}\r\n`
  }
}

async function* linesOf(pageOf: PageOf) {
  let cursor: string | undefined
  for (let lines = 0; lines < EXPORT_LINES_MAX; lines += PAGE_SIZE_MAX) {
    const page = await pageOf({ limit: PAGE_SIZE_MAX, ...(cursor && { cursor }) })
    yield* page.items
    if (page.nextCursor === null) return
    cursor = page.nextCursor
  }
}

/** What begins like a formula is one to a spreadsheet, so it gets a mark before it. */
function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}

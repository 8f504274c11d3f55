import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Middleware } from '../context.ts'

/** Vite names these by their content, so what a browser has never changes. */
const HASHED = '/assets/'
const FOREVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'

interface StaticFile {
  readonly path: string
  readonly bytes: number
  readonly modified: Date
}

/**
 * Serves the built UI. The files are listed once, so no address can reach outside of `folder`;
 * an address without a file extension is one of the app's own and gets its index.html.
 */
export async function staticFiles(folder: string): Promise<Middleware> {
  const files = await list(folder)
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return await next()
    const wanted = extname(ctx.path) ? ctx.path : '/index.html'
    const file = files.get(wanted)
    if (!file) return await next()
    ctx.type = extname(wanted)
    ctx.lastModified = file.modified
    ctx.etag = `${file.bytes}-${file.modified.getTime()}`
    ctx.set('cache-control', wanted.startsWith(HASHED) ? FOREVER : ASK_AGAIN)
    ctx.status = 200
    if (ctx.fresh) {
      ctx.status = 304
      return
    }
    ctx.length = file.bytes
    ctx.body = createReadStream(file.path)
  }
}

/** By the address each has; a folder that does not exist has none. */
async function list(folder: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const { size, mtime } = await stat(path)
    const address = `/${relative(folder, path).split(sep).join('/')}`
    files.set(address, { path, bytes: size, modified: mtime })
  }
  return files
}

import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import type { Context, Middleware } from '../context.ts'

/** Vite names these by their content, so what a browser has never changes. */
const HASHED = /^(\/code-editor)?\/assets\//
const FOREVER = 'public, max-age=31536000, immutable'
const ASK_AGAIN = 'no-cache'
/** The build leaves these beside each file that gets smaller by them; see ui/vite.config.ts. */
const PACKED = { br: '.br', gzip: '.gz' } as const

interface StaticFile {
  readonly body: Buffer
  readonly modified: Date
}

type Files = ReadonlyMap<string, StaticFile>

/**
 * Serves the built UI. Its few megabytes are read once, so no address can reach outside of
 * `folder`; an address without a file extension is one of the app's own and gets its index.html.
 */
export async function staticFiles(folder: string): Promise<Middleware> {
  const files = await readAll(folder)
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return await next()
    // Nothing of ours begins with a dot; who asks for it looks for what was left lying about.
    if (ctx.path.includes('/.')) return await next()
    const wanted = extname(ctx.path) ? ctx.path : '/index.html'
    const file = packed(ctx, files, wanted) ?? files.get(wanted)
    if (!file) return await next()
    ctx.type = extname(wanted)
    ctx.lastModified = file.modified
    ctx.etag = `${file.body.length}-${file.modified.getTime()}`
    ctx.set('cache-control', HASHED.test(wanted) ? FOREVER : ASK_AGAIN)
    ctx.status = 200
    if (ctx.fresh) ctx.status = 304
    else ctx.body = file.body
  }
}

/** The smallest form of a file that the browser takes, if the build made one. */
function packed(ctx: Context, files: Files, wanted: string): StaticFile | undefined {
  ctx.vary('accept-encoding')
  const encodings = (['br', 'gzip'] as const).filter((name) => files.has(wanted + PACKED[name]))
  const encoding = encodings.find((name) => ctx.acceptsEncodings(name))
  if (!encoding) return undefined
  ctx.set('content-encoding', encoding)
  return files.get(wanted + PACKED[encoding])
}

/** By the address each has; a folder that does not exist has none. */
async function readAll(folder: string): Promise<Files> {
  const files = new Map<string, StaticFile>()
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue
    const path = join(entry.parentPath, entry.name)
    const address = `/${relative(folder, path).split(sep).join('/')}`
    files.set(address, { body: await readFile(path), modified: (await stat(path)).mtime })
  }
  return files
}

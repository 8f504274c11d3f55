/**
 * Lets the app open without a network. It keeps the files of one build and nothing else: what the
 * API answers never goes through it. A page comes from the server as long as that answers in time,
 * so nobody is held on an old build.
 */
/** The build writes these: its own name, its files, and where the pages begin that are not the app's. */
declare const BUILD: string
declare const FILES: readonly string[]
declare const SERVER_PATHS: readonly string[]

const worker = self as unknown as ServiceWorkerGlobalScope

const CACHE = `projectflow-${BUILD}`
const PAGE = '/index.html'
/** A server that has not answered by then is away, as far as a page is concerned. */
const PAGE_LIMIT_MS = 3_000

worker.addEventListener('install', (event) => event.waitUntil(fill()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOlder()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (request.mode === 'navigate') {
    const isAt = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
    if (!SERVER_PATHS.some(isAt)) event.respondWith(page(request))
  } else if (FILES.includes(pathname)) event.respondWith(file(pathname, request))
})

/** Fails, and leaves the worker of before in place, unless all files of the build are there. */
async function fill(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([...FILES])
  await worker.skipWaiting()
}

/** Pages of an older build have read all their parts by now, or are offered to be loaded anew. */
async function dropOlder(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
  await worker.clients.claim()
}

async function page(request: Request): Promise<Response> {
  const answer = fetch(request)
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PAGE_LIMIT_MS))
  const inTime = await Promise.race([answer.catch(() => undefined), late])
  return inTime ?? (await kept(PAGE)) ?? (await answer)
}

async function file(path: string, request: Request): Promise<Response> {
  return (await kept(path)) ?? (await fetch(request))
}

async function kept(path: string): Promise<Response | undefined> {
  return await caches.match(path, { cacheName: CACHE, ignoreVary: true })
}

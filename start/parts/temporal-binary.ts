import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isExecutable, onPath } from '../process/on-path.ts'
import { runLong } from '../process/run.ts'
import { progress, say } from '../say.ts'

/** The newest version that `go install` can build: later ones replace a dependency. */
const VERSION = 'v1.5.1'
const SOURCE = `github.com/temporalio/cli/cmd/temporal@${VERSION}`
export const BUILD_COMMAND = `go install ${SOURCE}`

const DOWNLOADER = fileURLToPath(new URL('temporal-download.ts', import.meta.url))
/** Where downloads are closed the attempt fails at once or hangs, which is no reason to wait. */
const FIRST_BYTE_LIMIT_MS = 20_000
const DOWNLOAD_LIMIT_MS = 900_000
const BUILD_LIMIT_MS = 1_800_000

/** The `temporal` command: on PATH, cached, downloaded or built, in this order. */
export async function temporalBinary(): Promise<string> {
  const found = findTemporal()
  if (found) return found
  const downloaded = await progress('downloading Temporal', download)
  if (downloaded) return downloaded
  if (!onPath('go')) {
    throw new Error(
      'Temporal cannot be downloaded here. Install its command line tool ' +
        '(https://docs.temporal.io/cli), or Go to have it built, or set TEMPORAL_ADDRESS.',
    )
  }
  say(`Building Temporal once, about 6 minutes on 2 cores: ${BUILD_COMMAND}`)
  return await progress('building Temporal', build)
}

/** Without any attempt to get it. */
export function findTemporal(): string | undefined {
  return (
    onPath('temporal') ?? [cached(), downloadedBinary()].find((path) => path && isExecutable(path))
  )
}

/** Outside the repository, so that a fresh clone does not build again. */
function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'projectflow', 'bin')
}

function cached(): string {
  return join(cacheFolder(), 'temporal')
}

function downloadFolder(): string {
  return join(cacheFolder(), 'download')
}

/** The SDK gives its download a name of its own. */
function downloadedBinary(): string | undefined {
  try {
    const name = readdirSync(downloadFolder()).find((file) => !file.endsWith('.downloading'))
    return name === undefined ? undefined : join(downloadFolder(), name)
  } catch {
    return undefined
  }
}

/** Nothing where downloads are closed. */
async function download(): Promise<string | undefined> {
  mkdirSync(downloadFolder(), { recursive: true })
  const closed = new AbortController()
  const first = setTimeout(() => {
    if (!hasBytes(downloadFolder())) closed.abort()
  }, FIRST_BYTE_LIMIT_MS)
  try {
    const args = [DOWNLOADER, downloadFolder()]
    await runLong(process.execPath, args, { limitMs: DOWNLOAD_LIMIT_MS, signal: closed.signal })
    return downloadedBinary()
  } catch {
    return undefined
  } finally {
    clearTimeout(first)
  }
}

function hasBytes(folder: string): boolean {
  return readdirSync(folder).some((name) => statSync(join(folder, name)).size > 0)
}

async function build(): Promise<string> {
  const folder = join(cacheFolder(), `building-${process.pid}`)
  try {
    await runLong('go', ['install', SOURCE], { env: { GOBIN: folder }, limitMs: BUILD_LIMIT_MS })
    renameSync(join(folder, 'temporal'), cached())
    return cached()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

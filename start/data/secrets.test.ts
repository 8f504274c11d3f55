import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { secrets } from './secrets.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-secrets-'))
  return () => rmSync(folder, { recursive: true })
})

test('secrets are made once, for their owner alone', () => {
  const made = secrets(folder)
  expect(secrets(folder)).toEqual(made)
  expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length)
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
})

test('an installation of an older version gets what it lacks, and keeps what it has', () => {
  const { MASTER_KEY: _, ...older } = secrets(folder)
  const file = join(folder, 'secrets.json')
  writeFileSync(file, JSON.stringify(older))
  const all = secrets(folder)
  expect(all).toMatchObject(older)
  expect(all.MASTER_KEY).toHaveLength(43)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(all)
})

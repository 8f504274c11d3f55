import { chmodSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { sharedFolder } from './shared-folder.ts'

test('a folder that somebody else made first, or may look into, is not used', () => {
  const name = `projectflow-test-${newId()}`
  const path = sharedFolder(name)
  expect(sharedFolder(name)).toBe(path)
  expect(statSync(path).mode & 0o077).toBe(0)
  chmodSync(path, 0o755)
  expect(() => sharedFolder(name)).toThrow(/is open to others/)
  rmSync(path, { recursive: true })
  symlinkSync(tmpdir(), path)
  expect(() => sharedFolder(name)).toThrow(/is open to others/)
  rmSync(path)
})

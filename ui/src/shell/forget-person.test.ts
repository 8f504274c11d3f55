import { beforeEach, expect, test } from 'vitest'
import { forgetPerson } from './forget-person.ts'
import { keep, kept } from './kept.ts'

beforeEach(() => localStorage.clear())

test('what somebody wrote and where they were is forgotten, how the page looks is not', () => {
  const theirs = ['draft.comment.1', 'workspace', 'unfolded', 'signed-in']
  const browsers = ['theme', 'density', 'locale']
  for (const key of [...theirs, ...browsers]) keep(key, 'kept')
  localStorage.setItem('another-app', 'kept')
  forgetPerson()
  for (const key of theirs) expect(kept(key), key).toBeNull()
  for (const key of browsers) expect(kept(key), key).toBe('kept')
  expect(localStorage.getItem('another-app')).toBe('kept')
})

import { beforeEach, expect, test } from 'vitest'
import type { Session } from '#core/contracts/auth.ts'
import { setAccess } from '../../shell/access.ts'
import { kept } from '../../shell/kept.ts'
import {
  forgetUnsentTexts,
  isUnsent,
  markKept,
  markText,
  readUnsentTexts,
  unkeptTexts,
  unsentTexts,
} from './unsent-texts.ts'

const signIn = (id: string) => setAccess({ user: { id } } as Session)

beforeEach(() => {
  localStorage.clear()
  forgetUnsentTexts()
  signIn('ann')
})

test('what a page has left unsent the next one knows, under the name of who wrote it', () => {
  markText('card', true)
  forgetUnsentTexts()
  readUnsentTexts()
  expect([...unsentTexts.value]).toEqual(['card'])
  signIn('bob')
  readUnsentTexts()
  expect([...unsentTexts.value]).toEqual([])
  expect(isUnsent('ann', 'card')).toBe(true)
})

test('what another page has sent meanwhile does not count here, but for what was written here', () => {
  markText('here', true)
  localStorage.setItem('projectflow.unsentText.ann.there', '1')
  readUnsentTexts()
  expect([...unsentTexts.value]).toEqual(['here', 'there'])
  localStorage.clear()
  readUnsentTexts()
  expect([...unsentTexts.value]).toEqual(['here'])
})

test('what this browser does not keep is known until it is sent', () => {
  markText('card', true)
  markKept('card', false)
  expect([...unkeptTexts.value]).toEqual(['card'])
  markText('card', false)
  expect([...unkeptTexts.value]).toEqual([])
  expect(kept('unsentText.ann.card')).toBeNull()
})

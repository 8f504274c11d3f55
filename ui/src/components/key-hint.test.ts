import { mount } from '@vue/test-utils'
import { afterEach, expect, test } from 'vitest'
import { chooseLocale, i18n, type Locale } from '../shell/i18n/i18n.ts'
import KeyHint from './key-hint.vue'

afterEach(async () => await chooseLocale('en'))

const shown = (keys: string) =>
  mount(KeyHint, { props: { keys }, global: { plugins: [i18n] } }).text()

test.each<[Locale, string, string]>([
  ['en', 'Mod+Shift+Z', 'Ctrl Shift Z'],
  ['de', 'Mod+Shift+Z', 'Strg Umschalt Z'],
  ['de', 'Mod+Enter', 'Strg Eingabe'],
  ['de', 'Space', 'Leertaste'],
  ['de', 'Del', 'Entf'],
  ['de', 'G H', 'G H'],
  ['de', 'Shift+↑', 'Umschalt ↑'],
])('who reads %s finds %s as %s', async (locale, keys, words) => {
  await chooseLocale(locale)
  expect(shown(keys)).toBe(words)
})

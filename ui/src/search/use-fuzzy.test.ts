import { expect, test } from 'vitest'
import { computed, ref } from 'vue'
import type { Entry } from './entry.ts'
import { useFuzzy } from './use-fuzzy.ts'

const entries = computed(() =>
  ['Move CHK-1 to Done', 'Go to the inbox', 'CHK-12 Guest checkout', 'CHK-7 Load test'].map(
    (text): Entry => ({ id: text, group: 'cards', text, icon: {}, run: () => {} }),
  ),
)
const found = (words: string) => useFuzzy(entries, ref(words)).value.map(({ text }) => text)

test('every word has to be there, in any order', () => {
  expect(found('done move')[0]).toBe('Move CHK-1 to Done')
  expect(found('guest CHK')[0]).toBe('CHK-12 Guest checkout')
})

test('a slip of the finger is forgiven', () => {
  expect(found('chekout')[0]).toBe('CHK-12 Guest checkout')
})

test('no words find nothing', () => {
  expect(found('  ')).toEqual([])
})

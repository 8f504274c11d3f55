import Fuse from 'fuse.js'
import { computed, type ComputedRef, type Ref } from 'vue'
import type { Entry } from './entry.ts'

const FITTING_MAX = 60
/** Fewer exact fits than this, and words that are nearly right are looked for too. */
const EXACT_ENOUGH = 6
/** 0 asks for the exact letters, 1 takes anything. */
const THRESHOLD = 0.3

/**
 * The entries that fit the words, best first; nothing while there are no words. Most searches end
 * with the exact fits, found within a frame in thousands of cards; only the rest pays for fuzziness.
 */
export function useFuzzy(
  entries: ComputedRef<readonly Entry[]>,
  words: Ref<string>,
): ComputedRef<readonly Entry[]> {
  const lowered = computed(() =>
    entries.value.map((entry) => ({ entry, text: entry.text.toLowerCase() })),
  )
  const fuse = computed(
    () => new Fuse(entries.value, { keys: ['text'], threshold: THRESHOLD, ignoreLocation: true }),
  )

  function exact(typed: string): Entry[] {
    const parts = typed.toLowerCase().split(/\s+/)
    const fits: Entry[] = []
    for (const { entry, text } of lowered.value) {
      if (parts.every((part) => text.includes(part))) fits.push(entry)
      if (fits.length === FITTING_MAX) break
    }
    return fits
  }

  return computed(() => {
    const typed = words.value.trim()
    if (typed === '') return []
    const fits = exact(typed)
    if (fits.length >= EXACT_ENOUGH) return fits
    const near = fuse.value.search(typed, { limit: FITTING_MAX }).map(({ item }) => item)
    return [...new Set([...fits, ...near])]
  })
}

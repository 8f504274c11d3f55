import { computed, shallowRef } from 'vue'

const KEPT_MAX = 100
/** Letters typed one after the other into one field are taken back together. */
const SAME_WITHIN_MS = 1_200

/** A value that remembers what it was. */
export function useHistory<Value>(first: Value) {
  const all = shallowRef<readonly Value[]>([first])
  const at = shallowRef(0)
  const value = computed(() => all.value[at.value]!)
  let last: { what: string; ms: number } | undefined

  /** `what` names the field that is changed, or is empty for a change of its own. */
  function change(next: Value, what = ''): void {
    if (next === value.value) return
    const ms = Date.now()
    const isSame = what !== '' && last?.what === what && ms - last.ms < SAME_WITHIN_MS
    const before = all.value.slice(0, isSame && at.value > 0 ? at.value : at.value + 1)
    all.value = [...before, next].slice(-KEPT_MAX)
    at.value = all.value.length - 1
    last = { what, ms }
  }

  function go(by: 1 | -1): void {
    at.value = Math.min(Math.max(at.value + by, 0), all.value.length - 1)
    last = undefined
  }

  /** Changes what it is and was, all of it: what is undone afterwards was never otherwise. */
  function rewrite(as: (value: Value) => Value): void {
    all.value = all.value.map(as)
    last = undefined
  }

  /** Begins anew with another value. */
  function reset(next: Value): void {
    all.value = [next]
    at.value = 0
    last = undefined
  }

  return {
    value,
    change,
    reset,
    rewrite,
    undo: () => go(-1),
    redo: () => go(1),
    canUndo: computed(() => at.value > 0),
    canRedo: computed(() => at.value < all.value.length - 1),
  }
}

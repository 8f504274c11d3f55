import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { keep, kept } from '../shell/kept.ts'

const KEY = 'unfolded'
/** More than a workspace may have projects, so nothing that is still there is forgotten. */
const KEPT_MAX = 200

/** Which projects of the side bar show their boards; this browser remembers it. */
export const useUnfolded = defineStore('unfolded', () => {
  const ids = ref(new Set<Id>(kept(KEY)?.split(' ')))

  function set(projectId: Id, open: boolean): void {
    if (open) ids.value.add(projectId)
    else ids.value.delete(projectId)
    keep(KEY, [...ids.value].slice(-KEPT_MAX).join(' '))
  }

  return { has: (projectId: Id) => ids.value.has(projectId), set }
})

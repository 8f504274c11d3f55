import { useOnline } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { useOutbox } from '../kanban/outbox.ts'
import { refusedTexts, unkeptTexts, unsentTexts } from '../kanban/text/unsent-texts.ts'
import { t } from './i18n/i18n.ts'
import { openSaves } from './saves.ts'

/** Whether the person's changes are saved, in a word for the eye and in words. */
export const useSyncState = defineStore('sync-state', () => {
  const outbox = useOutbox()
  const online = useOnline()

  const count = computed(() => outbox.unsaved + openSaves.value + unsentTexts.value.size)
  const state = computed(() => {
    if (outbox.state === 'failed' || refusedTexts.value.size > 0) return 'failed'
    if (outbox.counts.unkept + unkeptTexts.value.size > 0 && !online.value) return 'unkept'
    if (outbox.state === 'offline' || outbox.state === 'unkept') return outbox.state
    if (!online.value) return 'offline'
    if (count.value > 0) return 'saving'
    // What earlier pages have left is not known before: nothing is promised of it.
    return outbox.isStarted ? 'saved' : 'looking'
  })
  const text = computed(() => {
    if (state.value === 'offline' && count.value === 0) return t('shell.sync.offlineIdle')
    const shown = state.value === 'failed' ? notSaved.value : count.value
    return t(`shell.sync.${state.value}`, { n: shown }, shown)
  })
  const notSaved = computed(
    () => outbox.counts.failed + outbox.counts.refused + refusedTexts.value.size,
  )

  /** Saving and saved come and go with each gesture; who hears the page is told what is out of turn. */
  const isHeard = ref(false)
  watch(state, (now, before) => {
    const isUsual = now === 'saved' || now === 'saving' || now === 'looking'
    isHeard.value = !isUsual || (isHeard.value && before !== 'saved')
  })

  return { state, count, text, isHeard }
})

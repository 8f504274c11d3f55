import { useDebounceFn, useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { watch } from 'vue'
import { useRouter } from 'vue-router'
import type { News } from '#core/contracts/notifications.ts'
import { useBoard } from '../kanban/store.ts'
import { announce } from '../shell/announce.ts'
import { useLive } from '../shell/live.ts'
import { t } from '../shell/i18n/i18n.ts'
import { toast } from '../shell/toasts.ts'
import { placeOf, titleOf } from './news-words.ts'
import { useInbox } from './store.ts'

const ASK_EVERY_MS = 30_000
const SETTLE_MS = 1_500
/** More at once are told as a number: a toast for each would hide the page. */
const TOASTS_MAX = 3

/** Keeps the inbox current while somebody looks, and tells what is new in it. */
export function useInboxNews(): void {
  const inbox = useInbox()
  const router = useRouter()
  const [board, live] = [useBoard(), useLive()]
  const visibility = useDocumentVisibility()

  async function ask(): Promise<void> {
    if (visibility.value === 'hidden') return
    // The next round asks again; a person who did not ask is not told that this one failed.
    const fresh = await inbox.refresh().catch(() => [])
    const told = fresh.filter(({ readAt }) => readAt === null)
    if (told.length > TOASTS_MAX) tell(t('inbox.several', { n: told.length }))
    else for (const item of told) tell(t(`inbox.kinds.${item.kind}`), item)
  }

  function tell(words: string, item?: News): void {
    const to = item ? placeOf(item) : { name: 'inbox' }
    const onClick = () => {
      if (item) void inbox.markRead([item.id])
      void router.push(to)
    }
    announce(item ? `${words} ${titleOf(item)}` : words)
    const action = { label: t('inbox.open'), onClick }
    toast(words, item ? { description: titleOf(item), action } : { action })
  }

  useIntervalFn(() => void ask(), ASK_EVERY_MS, { immediateCallback: true })
  watch(visibility, () => void ask())
  watch(
    () => live.inboxMark,
    (_, before) => before !== undefined && void ask(),
  )
  // What happens on a board often concerns who looks at it; the notification is there moments later.
  watch(() => board.news, useDebounceFn(ask, SETTLE_MS))
}

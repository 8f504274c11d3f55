import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Inbox, News, Unread } from '#core/contracts/notifications.ts'
import type { Id } from '#core/kernel/ids.ts'
import { get, request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'

/** What the person was told: newest first, as far as it was read from the server. */
export const useInbox = defineStore('inbox', () => {
  const items = shallowRef<readonly News[]>()
  const unreadCount = ref(0)
  const nextCursor = ref<string | null>(null)
  /** Grows when marking something as read begins and when it ends. */
  let marks = 0

  /** Reads the newest page. Answers what was not known before, newest first. */
  async function refresh(): Promise<News[]> {
    const before = marks
    const inbox = await get<Inbox>('/notifications?flows=true')
    // It may be of a moment before the mark, and would show what was read as unread.
    if (before !== marks) return await refresh()
    const known = new Set(items.value?.map(({ id }) => id))
    const fresh = items.value ? inbox.items.filter(({ id }) => !known.has(id)) : []
    const held = new Set(inbox.items.map(({ id }) => id))
    const older = (items.value ?? []).filter(({ id }) => !held.has(id))
    if (older.length === 0) nextCursor.value = inbox.nextCursor
    items.value = [...inbox.items, ...older]
    unreadCount.value = inbox.unreadCount
    return fresh
  }

  async function loadOlder(): Promise<void> {
    if (nextCursor.value === null) return
    const inbox = await get<Inbox>(
      `/notifications?flows=true&cursor=${encodeURIComponent(nextCursor.value)}`,
    )
    items.value = [...(items.value ?? []), ...inbox.items]
    nextCursor.value = inbox.nextCursor
  }

  async function markRead(ids: readonly Id[]): Promise<void> {
    const unread = new Set(items.value?.filter((item) => !item.readAt).map(({ id }) => id))
    const newly = ids.filter((id) => unread.has(id))
    if (newly.length > 0) await mark({ ids: newly }, (item) => newly.includes(item.id))
  }

  async function markAllRead(): Promise<void> {
    await mark({ all: true }, () => true)
  }

  async function mark(
    body: { ids: readonly Id[] } | { all: true },
    isMeant: (item: News) => boolean,
  ): Promise<void> {
    const [itemsBefore, countBefore] = [items.value, unreadCount.value]
    const readAt = new Date().toISOString()
    const paint = () => {
      items.value = items.value?.map((item) => (isMeant(item) ? { ...item, readAt } : item))
      unreadCount.value = 'all' in body ? 0 : Math.max(0, countBefore - body.ids.length)
    }
    const unpaint = () => {
      items.value = itemsBefore
      unreadCount.value = countBefore
    }
    const write = async () => await request<Unread>('POST', '/notifications/read', { body })
    marks += 1
    const answer = await save(write, { paint, unpaint }).finally(() => (marks += 1))
    if (answer) unreadCount.value = answer.unreadCount
  }

  return { items, unreadCount, nextCursor, refresh, loadOlder, markRead, markAllRead }
})

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Id } from '#core/kernel/ids.ts'

/** The card that is open beside the board: it stands in the address, so a link opens it too. */
export function useCardPanel() {
  const route = useRoute()
  const router = useRouter()
  const openId = computed(() => {
    const { card } = route.query
    return typeof card === 'string' ? card : undefined
  })

  function open(cardId: Id): void {
    const query = { ...route.query, card: cardId }
    if (openId.value === undefined) void router.push({ query })
    else void router.replace({ query })
  }

  function close(): void {
    const { card: _closed, ...query } = route.query
    void router.replace({ query })
  }

  return { openId, open, close }
}

import { useRouter } from 'vue-router'
import type { FlowButton } from '#core/contracts/flows/buttons.ts'
import type { Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { get, request } from '../shell/http.ts'
import { t } from '../shell/i18n/i18n.ts'
import { save } from '../shell/saves.ts'
import { toast } from '../shell/toasts.ts'
import { useBoard } from './store.ts'

/** A run follows its press within a second or two; then it is said that none did. */
const LOOKS_MAX = 12
const LOOK_EVERY_MS = 400
const SHOWN_MS = 10_000

/** Starts flows by hand, and tells where their runs are. */
export function usePressButton() {
  const [board, router] = [useBoard(), useRouter()]

  /** Presses it on each of the cards; on the board when there are none. */
  async function press({ flowId, label }: FlowButton, cardIds: readonly Id[]): Promise<void> {
    const { info } = board
    if (!info) return
    const places = cardIds.length > 0 ? cardIds.map((id) => `cards/${id}`) : [`boards/${info.id}`]
    const pressed = await save(() =>
      Promise.all(
        places.map((place) => request<{ runId: Id }>('POST', `/${place}/buttons/${flowId}`)),
      ),
    )
    if (!pressed) return
    const [first] = pressed
    const runs = { name: 'runs', params: { projectId: info.projectId }, query: { flow: flowId } }
    if (pressed.length > 1) return tell(t('flows.pressedMany', { label, n: pressed.length }), runs)
    if (await isThere(first!.runId)) {
      return tell(t('flows.pressed', { label }), { name: 'run', params: { runId: first!.runId } })
    }
    tell(t('flows.pressedNone', { label }), runs)
  }

  function tell(words: string, to: Parameters<typeof router.push>[0]): void {
    announce(words)
    const label = t('flows.look')
    toast(words, { action: { label, onClick: () => void router.push(to) }, duration: SHOWN_MS })
  }

  return press
}

async function isThere(runId: Id): Promise<boolean> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const found = await get(`/runs/${runId}`, { attemptsMax: 1 }).then(
      () => true,
      () => false,
    )
    if (found) return true
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
  return false
}

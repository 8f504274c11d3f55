import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Me } from '#core/contracts/auth.ts'
import { newId } from '#core/kernel/ids.ts'
import type { BoardSocket } from '../../shell/board-socket.ts'
import { useSession } from '../../shell/session.ts'
import { useBoard } from '../store.ts'
import { useCardText } from './use-card-text.ts'

function aSocket() {
  const text = vi.fn<BoardSocket['text']>(() => ({ close: () => {} }))
  return { text, socket: { text } as unknown as BoardSocket }
}

test('a text that was closed is not opened again with the next board', async () => {
  setActivePinia(createPinia())
  useSession().me = { user: { id: newId() } } as Me
  const board = useBoard()
  const [first, next] = [aSocket(), aSocket()]
  board.socket = first.socket
  const panel = effectScope()
  panel.run(() => useCardText(newId()))
  await vi.waitFor(() => expect(first.text).toHaveBeenCalledOnce())
  panel.stop()
  board.socket = next.socket
  await new Promise((resolve) => setTimeout(resolve))
  expect(next.text).not.toHaveBeenCalled()
})

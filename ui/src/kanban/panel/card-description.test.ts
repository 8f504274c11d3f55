import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import type { CardDetails } from '#core/contracts/views.ts'
import { setAccess } from '../../shell/access.ts'
import { i18n } from '../../shell/i18n/i18n.ts'
import { useBoard } from '../store.ts'
import { ModelServer } from '../testing/model-server.ts'
import CardDescription from './card-description.vue'
import { provideOpenCard } from './card-details.ts'

// What connects to a server is not what is looked at here.
vi.mock('../../shell/board-socket.ts', () => ({
  openBoardSocket: () => ({ resume() {}, show() {}, close() {} }),
}))

const server = new ModelServer(1)
const user = { id: 'u', name: 'Ann', email: 'ann@example.com' }
const permissions = ['card.write']
const me = { user, workspaces: [{ id: 'w', name: 'W', role: 'custom', permissions, projects: [] }] }
let sent: unknown[] = []

/** The card as it was read before somebody else changed its description. */
function readEarlier(): Partial<CardDetails> {
  const [card] = server.view().cards
  return { card: card!, description: 'As it was read', checklist: [], comments: [] }
}

beforeEach(() => {
  sent = []
  setActivePinia(createPinia())
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal('fetch', async ({ pathname }: URL, { method, body }: RequestInit) => {
    if (method !== 'GET') {
      sent.push(JSON.parse(body as string))
      return await new Promise(() => {})
    }
    const answers = { boards: server.view(), cards: readEarlier(), me }
    const asked = pathname.split('/')[3] as keyof typeof answers
    return await Promise.resolve(Response.json(answers[asked]))
  })
  setAccess({ accessToken: 'token', expiresIn: 900, user })
})
afterEach(() => vi.unstubAllGlobals())

test('a description is edited from the version it was read with, though the face is newer', async () => {
  const board = useBoard()
  board.open('board')
  await vi.waitFor(() => expect(board.mayWrite).toBe(true))
  const [cardId] = board.cards.keys()
  const Panel = defineComponent(() => {
    const { details } = provideOpenCard(cardId!)
    return () => details.value && h(CardDescription)
  })
  const page = mount(Panel, { global: { plugins: [i18n] } })
  await vi.waitFor(() => expect(page.text()).toContain('As it was read'))
  board.cards.set(cardId!, { ...board.cards.get(cardId!)!, version: 2 })
  await page.get('.begin').trigger('click')
  await page.get('textarea').setValue('Mine')
  await page.get('textarea').trigger('keydown', { key: 'Enter', ctrlKey: true })
  await flushPromises()
  expect(sent).toEqual([{ baseVersion: 1, changes: { description: 'Mine' } }])
  board.close()
  page.unmount()
})

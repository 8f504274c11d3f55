import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick } from 'vue'
import { setAccess } from '../shell/access.ts'
import { i18n } from '../shell/i18n/i18n.ts'
import CardItem from './card-item.vue'
import { useBoard } from './store.ts'
import { ModelServer } from './testing/model-server.ts'
import { useBoardView } from './view-store.ts'

// What connects to a server is not what is counted here.
vi.mock('../shell/board-socket.ts', () => ({
  openBoardSocket: () => ({ resume() {}, show() {}, close() {} }),
}))

const CARDS_PER_COLUMN = 40
const server = new ModelServer(CARDS_PER_COLUMN)
let rendered: string[] = []

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal('fetch', async ({ pathname }: URL, { method }: RequestInit) => {
    // A write is never answered: what is counted happens before.
    if (method !== 'GET') return await new Promise(() => {})
    const body = pathname.includes('/boards/') ? server.view() : { workspaces: [] }
    return await Promise.resolve(Response.json(body))
  })
  const user = { id: 'u', name: 'Ann', email: 'ann@example.com' }
  setAccess({ accessToken: 'token', expiresIn: 900, user })
})
afterEach(() => vi.unstubAllGlobals())

/** All cards of the board in the page, and a note of each that renders again. */
async function aBoardInThePage() {
  const board = useBoard()
  board.open('board')
  await vi.waitFor(() => expect(board.cards.size).toBe(3 * CARDS_PER_COLUMN))
  const total = board.cards.size
  const Page = defineComponent(() => () => {
    return [...server.cardIds].map((cardId) =>
      h(CardItem, { key: cardId, cardId, position: 1, total }),
    )
  })
  const note = {
    beforeUpdate(this: { $options: { __name?: string }; $props: { cardId?: string } }) {
      if (this.$options.__name === 'card-item') rendered.push(this.$props.cardId!)
    },
  }
  const page = mount(Page, {
    global: { plugins: [i18n], mixins: [note] },
    attachTo: document.body,
  })
  rendered = []
  return { board, view: useBoardView(), page }
}

test('one changed card of 120 renders one card', async () => {
  const { board, page } = await aBoardInThePage()
  const changes = { title: 'Another title' }
  const body = { baseVersion: 1, changes }
  void board.run({ type: 'card.edit', targetId: 'todo-3', body })
  await nextTick()
  expect(rendered).toEqual(['todo-3'])
  expect(page.text()).toContain('Another title')
  board.close()
  page.unmount()
})

test('a moving focus renders the card it leaves and the card it reaches', async () => {
  const { board, view, page } = await aBoardInThePage()
  view.focusedId = 'doing-1'
  await nextTick()
  rendered = []
  view.focusedId = 'doing-2'
  await nextTick()
  expect(rendered.toSorted()).toEqual(['doing-1', 'doing-2'])
  board.close()
  page.unmount()
})

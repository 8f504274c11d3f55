import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BoardMessage } from '#core/contracts/events.ts'
import type { CardChanges } from '#core/contracts/kanban.ts'
import type { BoardView } from '#core/contracts/views.ts'
import { BoardState } from './board-state.ts'
import { BoardSync } from './board-sync.ts'
import { byRank } from './cell-order.ts'
import { CommandQueue } from './command-queue.ts'
import type { Command, Intent, Sent } from './command.ts'
import { lanesOf } from './lanes.ts'
import { type Place, rankAt } from './place.ts'
import { ModelServer } from './testing/model-server.ts'
import { seeded } from '#tests/support/seeded.ts'

const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1)
const ROUNDS = 120
const COLUMNS = ['todo', 'doing', 'done']

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** One browser on the model server, behind a network that delays, repeats, loses and cuts. */
class Browser {
  readonly server = new ModelServer(6)
  readonly random: () => number
  /** What is on its way, in no order. */
  readonly #air: (() => void)[] = []
  faulty = true
  /** The codes of our own commands that were refused. */
  readonly refused: string[] = []
  #left: BoardView | undefined
  readonly queue = new CommandQueue({
    send: async (command) => await this.#request(command),
    keep: async () => await Promise.resolve('here'),
    forget: () => {},
    changed: (command) => this.state.repaint(command),
    settled: (_, sent) => {
      if (sent.kind === 'refused') this.refused.push(sent.error.code)
      this.sync.answered()
    },
  })
  readonly state = new BoardState((boardId) => this.queue.of(boardId))
  sync = this.#open()

  constructor(seed: number) {
    this.random = seeded(seed)
  }

  #open(): BoardSync {
    return new BoardSync('board', {
      state: this.state,
      queue: this.queue,
      load: async () => await this.#travel(() => this.server.view()),
      resume: (place) => this.#fly(() => this.deliver(this.server.since(place))),
      failed: () => true,
    })
  }

  /** Leaves the board, for a while or for a moment. */
  leave(): void {
    this.#left ??= this.state.told
    this.sync.close()
    this.state.clear()
  }

  /** Comes back to it, and is shown it as it was left. */
  comeBack(): void {
    const left = this.#left
    this.#left = undefined
    this.sync.close()
    this.sync = this.#open()
    if (left) this.state.take(left)
    void this.sync.reload()
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)]!
  }

  /** Tells the browser, unless the connection is down; now and then twice. */
  deliver(message: BoardMessage): void {
    if (this.faulty && this.random() < 0.15) return
    this.#fly(() => this.sync.receive(message))
    if (this.faulty && this.random() < 0.1) this.#fly(() => this.sync.receive(message))
  }

  /** Lets one thing arrive. */
  async arrive(): Promise<void> {
    const [next] = this.#air.splice(Math.floor(this.random() * this.#air.length), 1)
    next?.()
    await vi.advanceTimersByTimeAsync(this.random() < 0.3 ? 700 : 0)
  }

  async settle(): Promise<void> {
    this.faulty = false
    for (let calm = 0; calm < 30; calm += 1) {
      while (this.#air.length > 0) await this.arrive()
      await vi.advanceTimersByTimeAsync(1_000)
    }
  }

  #fly(act: () => void): void {
    this.#air.push(act)
  }

  async #travel<Answer>(serve: () => Answer): Promise<Answer> {
    return await new Promise((resolve, reject) => {
      this.#fly(() => {
        const lost = this.faulty && this.random() < 0.2
        const answer = lost && this.random() < 0.5 ? undefined : serve()
        this.#fly(() => (lost ? reject(new Error('lost')) : resolve(answer!)))
      })
    })
  }

  async #request(command: Command): Promise<Sent> {
    const { key, intent } = structuredClone({ key: command.key, intent: command.intent })
    const serve = () => {
      const { sent, news } = this.server.do({ key, intent })
      this.deliver(news)
      return sent
    }
    return await this.#travel(serve).catch(() => ({ kind: 'away' as const, waitMs: 0 }))
  }

  /** What somebody else does. */
  other(intent: Intent): void {
    this.deliver(this.server.do({ key: `other-${this.random()}`, intent }).news)
  }

  own(intent: Intent): void {
    const cardId = intent.type === 'card.create' ? intent.body.cardId! : intent.targetId
    const about = { boardId: 'board', gestureId: 'g', givenAt: '', title: '' }
    const base = { key: `own-${this.random()}`, ...about }
    const rank = intent.type === 'card.move' ? this.#rank(cardId, intent.body) : 'zzz'
    const lanes = lanesOf(intent, cardId)
    this.queue.add({ ...base, intent, lanes, cardIds: [cardId], rank, state: 'waiting' })
  }

  #rank(cardId: string, place: Place & { columnId: string }): string {
    const ids = (this.state.cells.get(place.columnId) ?? []).filter((id) => id !== cardId)
    return rankAt(ids, place, (id) => this.state.cards.get(id)!.rank)
  }

  /** Any action on any card that is shown. */
  anyIntent(): Intent {
    const cardId = this.pick([...this.state.cards.keys(), ...this.server.cardIds])
    const version = this.state.cards.get(cardId)?.version ?? 1
    const roll = this.random()
    if (roll < 0.5) {
      const columnId = this.pick(COLUMNS)
      const anchors = (this.state.cells.get(columnId) ?? []).filter((id) => id !== cardId)
      const after = this.random() < 0.7 && anchors.length > 0 ? { after: this.pick(anchors) } : {}
      return { type: 'card.move', targetId: cardId, body: { columnId, ...after } }
    }
    if (roll < 0.8) {
      const changes = { title: `Title ${this.random()}` }
      return { type: 'card.edit', targetId: cardId, body: { baseVersion: version, changes } }
    }
    if (roll < 0.9) return { type: 'card.archive', targetId: cardId, body: {} }
    const body = { cardId: `new-${this.random()}`, columnId: this.pick(COLUMNS), title: 'New' }
    return { type: 'card.create', targetId: 'board', body }
  }

  async step(): Promise<void> {
    const roll = this.random()
    if (roll < 0.25) this.own(this.anyIntent())
    else if (roll < 0.4) this.other(this.anyIntent())
    else if (roll < 0.42) this.deliver(this.server.forget())
    else if (roll < 0.44) this.sync.connected()
    else if (roll < 0.455) this.leave()
    else if (roll < 0.48) this.comeBack()
    else await this.arrive()
  }
}

test.each(SEEDS)(
  'once all is answered the board shows what a fresh read answers (seed %i)',
  async (seed) => {
    const browser = new Browser(seed)
    void browser.sync.reload()
    await browser.arrive()
    for (let round = 0; round < ROUNDS; round += 1) await browser.step()
    browser.comeBack()
    await browser.settle()

    const view = browser.server.view()
    expect(browser.queue.counts()).toMatchObject({ open: 0, failed: 0 })
    expect(browser.queue.of('board')).toEqual([])
    expect([...browser.state.cards.values()].sort(byRank)).toEqual(view.cards)
    for (const columnId of COLUMNS) {
      const ids = view.cards.filter((card) => card.columnId === columnId).map(({ id }) => id)
      expect(browser.state.cells.get(columnId) ?? []).toEqual(ids)
    }
    browser.sync.close()
  },
)

test('a move is shown at once, stays while the server is away, and is sent again', async () => {
  const browser = new Browser(1)
  browser.faulty = false
  void browser.sync.reload()
  await browser.settle()
  browser.faulty = true
  browser.own({ type: 'card.move', targetId: 'todo-0', body: { columnId: 'done' } })
  expect(browser.state.cards.get('todo-0')?.columnId).toBe('done')
  expect(browser.state.cells.get('done')?.at(-1)).toBe('todo-0')
  await browser.settle()
  expect(browser.server.view().cards.find(({ id }) => id === 'todo-0')?.columnId).toBe('done')
})

test('what a lost message leaves out is asked for, and the board is not read again', async () => {
  const browser = new Browser(1)
  browser.faulty = false
  void browser.sync.reload()
  await browser.settle()
  const reads = vi.spyOn(browser.server, 'view')
  browser.server.do({ key: 'lost', intent: { type: 'card.archive', targetId: 'todo-0', body: {} } })
  browser.other({ type: 'card.archive', targetId: 'todo-1', body: {} })
  await browser.settle()
  expect(browser.state.cells.get('todo')).not.toContain('todo-0')
  expect(browser.state.cells.get('todo')).not.toContain('todo-1')
  expect(reads).not.toHaveBeenCalled()
})

test('a refused command leaves what is shown as the server has it', async () => {
  const browser = new Browser(1)
  browser.faulty = false
  void browser.sync.reload()
  await browser.settle()
  browser.other({ type: 'card.archive', targetId: 'todo-0', body: {} })
  browser.own({
    type: 'card.edit',
    targetId: 'todo-0',
    body: { baseVersion: 1, changes: { title: 'x' } },
  })
  expect(browser.state.cards.get('todo-0')?.title).toBe('x')
  await browser.settle()
  expect(browser.state.cards.has('todo-0')).toBe(false)
})

test('a second edit of the same title is no conflict with our own first', async () => {
  const browser = new Browser(1)
  browser.faulty = false
  void browser.sync.reload()
  await browser.settle()
  for (const title of ['one', 'two', 'three']) {
    browser.own({
      type: 'card.edit',
      targetId: 'todo-0',
      body: { baseVersion: 1, changes: { title } },
    })
  }
  await browser.settle()
  expect(browser.state.cards.get('todo-0')?.title).toBe('three')
})

test('what somebody else wrote meanwhile is not overwritten by an edit that waited', async () => {
  const browser = new Browser(1)
  browser.faulty = false
  void browser.sync.reload()
  await browser.settle()
  const edit = (changes: CardChanges): Intent => {
    return { type: 'card.edit', targetId: 'todo-0', body: { baseVersion: 1, changes } }
  }
  browser.own(edit({ points: 3 }))
  browser.own(edit({ title: 'mine' }))
  browser.other(edit({ title: 'theirs' }))
  await browser.settle()
  expect(browser.refused).toEqual(['card.conflict'])
  expect(browser.state.cards.get('todo-0')).toMatchObject({ title: 'theirs', points: 3 })
})

test('one card’s change replaces one card’s object', async () => {
  const browser = new Browser(1)
  browser.faulty = false
  void browser.sync.reload()
  await browser.settle()
  const before = new Map(browser.state.cards)
  browser.other({
    type: 'card.edit',
    targetId: 'todo-0',
    body: { baseVersion: 1, changes: { title: 'x' } },
  })
  await browser.settle()
  void browser.sync.reload()
  await browser.settle()
  const replaced = [...before].filter(([id, card]) => browser.state.cards.get(id) !== card)
  expect(replaced.map(([id]) => id)).toEqual(['todo-0'])
})

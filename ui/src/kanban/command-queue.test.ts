import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CardChanges } from '#core/contracts/kanban.ts'
import { CommandQueue } from './command-queue.ts'
import type { Command, Intent, Sent } from './command.ts'

const DONE: Sent = { kind: 'done', answer: { offsets: { b: 1 } } }
const AWAY: Sent = { kind: 'away', waitMs: 0 }
const FAULT = { code: 'internal', message: 'a fault' }

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A queue whose server answers what the test says, and what it was asked. */
function aQueue(...answers: Sent[]) {
  const asked: string[] = []
  const settled: string[] = []
  const queue = new CommandQueue({
    send: async ({ key }) => {
      asked.push(key)
      return await Promise.resolve(answers.shift() ?? DONE)
    },
    changed: () => {},
    settled: ({ intent }, sent) => settled.push(`${intent.targetId} ${sent.kind}`),
  })
  return { queue, asked, settled }
}

function command(id: string, ...lanes: string[]): Command {
  const intent = { type: 'card.archive' as const, targetId: id, body: {} }
  const about = { boardId: 'b', gestureId: 'g', cardIds: [id] }
  return { key: `key of ${id}`, ...about, intent, lanes, state: 'waiting' }
}

function edit(changes: CardChanges): Intent {
  return { type: 'card.edit', targetId: 'c', body: { baseVersion: 5, changes } }
}
function create(): Intent {
  return { type: 'card.create', targetId: 'b', body: { cardId: 'c', columnId: 'k', title: 'a' } }
}
function move(): Intent {
  return { type: 'card.move', targetId: 'c', body: { columnId: 'k' } }
}

test('commands of one lane are sent one after the other, others at once', async () => {
  const { queue, asked } = aQueue()
  queue.add(command('first', 'card:1'))
  queue.add(command('second', 'card:1'))
  queue.add(command('other', 'card:2'))
  expect(asked).toEqual(['key of first', 'key of other'])
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['key of first', 'key of other', 'key of second'])
})

test('while the server is away a command is asked again with the same key', async () => {
  const { queue, asked, settled } = aQueue(AWAY, AWAY, DONE)
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  expect(queue.away).toBe(true)
  expect(queue.counts()).toEqual({ open: 1, failed: 0 })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(asked).toEqual(['key of it', 'key of it', 'key of it'])
  expect(queue.away).toBe(false)
  expect(settled).toEqual(['it done'])
})

test('the network’s return ends the pause', async () => {
  const { queue, asked } = aQueue({ kind: 'away', waitMs: 60_000 }, DONE)
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  queue.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toHaveLength(2)
})

test('a fault waits for a person and is tried again under a new key', async () => {
  const { queue, asked, settled } = aQueue({ kind: 'failed', error: FAULT, keyIsSpent: true })
  queue.add(command('it', 'card:1'))
  queue.add(command('next', 'card:1'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(queue.counts()).toEqual({ open: 2, failed: 1 })
  queue.retry()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked[1]).not.toBe(asked[0])
  expect(settled).toEqual(['it failed', 'it done', 'next done'])
})

test('a session that is over keeps the key: nobody knows whether it was used', async () => {
  const { queue, asked } = aQueue({ kind: 'failed', error: FAULT, keyIsSpent: false })
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  queue.retry()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['key of it', 'key of it'])
})

test('an answered command is painted until its events are there', async () => {
  const { queue } = aQueue({ kind: 'done', answer: { offsets: { b: 7 } } })
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  queue.caughtUp('b', 6)
  expect(queue.of('b')).toHaveLength(1)
  queue.caughtUp('b', 7)
  expect(queue.of('b')).toHaveLength(0)
})

test('a refused command is painted no longer', async () => {
  const { queue, settled } = aQueue({ kind: 'refused', error: FAULT })
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  expect(queue.of('b')).toEqual([])
  expect(settled).toEqual(['it refused'])
})

test.each([
  ['an edit of them', edit({ title: 'a', points: 1 }), 7],
  ['its making', create(), 7],
  ['an edit of another field', edit({ dueOn: '2026-11-21' }), 5],
  ['a move', move(), 5],
])(
  'an edit starts from an answer only where that was our own writing of its fields (%s)',
  async (_, first, version) => {
    const card = { id: 'c', columnId: 'k', rank: 'M', number: 1, title: 'Now', version: 7 }
    const { queue } = aQueue({ kind: 'done', answer: { card, offsets: { b: 1 } } })
    const later = edit({ title: 'b' })
    const about = { boardId: 'b', gestureId: 'g', lanes: ['card:c'], cardIds: ['c'] }
    queue.add({ key: 'first', ...about, intent: first, state: 'waiting' })
    queue.add({ key: 'later', ...about, intent: later, state: 'waiting' })
    await vi.advanceTimersByTimeAsync(0)
    expect(later.body).toMatchObject({ baseVersion: version })
  },
)

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CardChanges } from '#core/contracts/kanban.ts'
import { CommandQueue } from './command-queue.ts'
import type { Command, Intent, Sent } from './command.ts'

const DONE: Sent = { kind: 'done', answer: { offsets: { b: 1 } } }
const AWAY: Sent = { kind: 'away', waitMs: 0 }
const ABOUT = { boardId: 'b', gestureId: 'g', givenAt: '', title: '' }
const FAULT = { code: 'internal', message: 'a fault' }

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A queue whose server answers what the test says, what it was asked, and what is kept by then. */
function aQueue(...answers: Sent[]) {
  const asked: string[] = []
  const settled: string[] = []
  const kept = new Set<string>()
  const queue = new CommandQueue({
    send: async ({ key }) => {
      asked.push(key)
      return await Promise.resolve(answers.shift() ?? DONE)
    },
    keep: async ({ key }) => {
      await Promise.resolve()
      kept.add(key)
      return 'here'
    },
    forget: (key) => kept.delete(key),
    changed: () => {},
    settled: ({ intent }, sent) => settled.push(`${intent.targetId} ${sent.kind}`),
  })
  return { queue, asked, settled, kept }
}

function command(id: string, ...lanes: string[]): Command {
  const intent = { type: 'card.archive' as const, targetId: id, body: {} }
  const about = { ...ABOUT, cardIds: [id] }
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
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['key of first', 'key of other', 'key of second'])
})

test('while the server is away a command is asked again with the same key', async () => {
  const { queue, asked, settled } = aQueue(AWAY, AWAY, DONE)
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  expect(queue.away).toBe(true)
  expect(queue.counts()).toEqual({ open: 1, failed: 0, unkept: 0, refused: 0 })
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
  expect(queue.counts()).toEqual({ open: 2, failed: 1, unkept: 0, refused: 0 })
  queue.retry()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked[1]).not.toBe(asked[0])
  expect(settled).toEqual(['it failed', 'it done', 'next done'])
})

test('a fault that is given up holds up no more what builds on it', async () => {
  const { queue, asked } = aQueue({ kind: 'failed', error: FAULT, keyIsSpent: true })
  queue.add(command('it', 'card:1'))
  queue.add(command('next', 'card:1'))
  await vi.advanceTimersByTimeAsync(0)
  queue.giveUp('key of it')
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['key of it', 'key of next'])
  expect(queue.counts()).toMatchObject({ open: 0, failed: 0 })
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

test('a command is kept before it is sent, and until it is answered', async () => {
  const { queue, asked, kept } = aQueue(AWAY, DONE)
  queue.add(command('it'))
  expect(asked).toEqual([])
  await vi.advanceTimersByTimeAsync(0)
  expect([asked, [...kept]]).toEqual([['key of it'], ['key of it']])
  queue.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect([...kept]).toEqual([])
})

test('what a page has left goes out first, and board by board in the order it was given', async () => {
  const { queue, asked } = aQueue()
  queue.add(command('new', 'card:3'))
  queue.adopt([command('first', 'card:1'), command('second', 'card:2')])
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['key of first', 'key of second', 'key of new'])
})

test('while the server is away one at a time is tried, and none keeps the others from it', async () => {
  const other = { ...command('other', 'card:2'), boardId: 'another' }
  const { queue, asked } = aQueue(AWAY, AWAY, AWAY)
  queue.add(command('it', 'card:1'))
  queue.add(other)
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['key of it', 'key of other'])
  queue.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.slice(2)).toEqual(['key of it'])
  queue.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(asked.slice(3)).toEqual(['key of other', 'key of it'])
})

test('what was refused when nobody looked stays kept, is not painted, and is asked anew or given up', async () => {
  const refusal: Sent = { kind: 'refused', error: FAULT }
  const { queue, asked, kept } = aQueue(AWAY, refusal, refusal)
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  queue.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(queue.of('b')).toEqual([])
  const [refused] = queue.unanswered()
  expect([refused!.fault, ...kept]).toEqual([FAULT, 'key of it'])
  queue.askAnew(refused!.key)
  await vi.advanceTimersByTimeAsync(0)
  expect(asked[2]).not.toBe('key of it')
  expect([...kept]).toEqual([asked[2]])
  queue.giveUp(asked[2]!)
  expect([queue.unanswered(), kept.size]).toEqual([[], 0])
})

test('of two late edits of a field that collide only the last is asked about', async () => {
  const conflict: Sent = { kind: 'refused', error: { code: 'card.conflict', message: '' } }
  const { queue } = aQueue(conflict, conflict)
  const about = { ...ABOUT, lanes: ['card:c'], cardIds: ['c'] }
  const edits = ['a', 'b'].map((title): Command => {
    return { key: title, ...about, intent: edit({ title }), state: 'waiting' }
  })
  queue.adopt(edits)
  await vi.advanceTimersByTimeAsync(0)
  expect(queue.unanswered().map(({ key, state }) => [key, state])).toEqual([['b', 'refused']])
})

test('a change that the browser has no room for is refused in words, and not sent', async () => {
  const { asked, settled } = aQueue()
  const queue = new CommandQueue({
    send: async ({ key }) => await Promise.resolve(asked.push(key)).then(() => DONE),
    keep: async () => await Promise.resolve('full'),
    forget: () => {},
    changed: () => {},
    settled: (_, sent) => sent.kind === 'refused' && settled.push(sent.error.code),
  })
  queue.add(command('it'))
  await vi.advanceTimersByTimeAsync(0)
  expect([queue.of('b'), asked, settled]).toEqual([[], [], ['outbox.full']])
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
    const about = { ...ABOUT, lanes: ['card:c'], cardIds: ['c'] }
    queue.add({ key: 'first', ...about, intent: first, state: 'waiting' })
    queue.add({ key: 'later', ...about, intent: later, state: 'waiting' })
    await vi.advanceTimersByTimeAsync(0)
    expect(later.body).toMatchObject({ baseVersion: version })
  },
)

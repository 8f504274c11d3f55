// @vitest-environment node
import { beforeEach, expect, test } from 'vitest'
import { scriptedServer } from '#tests/support/scripted-server.ts'
import { setAccess } from '../shell/access.ts'
import { CommandQueue } from './command-queue.ts'
import type { Command, Sent } from './command.ts'
import { sendCommand } from './send-command.ts'

const USER = { id: '01a1fc3d-ad72-7d72-91c3-098e59602e61', name: 'Ann', email: 'ann@example.com' }

beforeEach(() => setAccess({ accessToken: 'first', expiresIn: 900, user: USER }))

const command = (title: string): Command => ({
  key: `key of ${title}`,
  boardId: 'b',
  gestureId: 'g',
  givenAt: '',
  title: '',
  cardIds: ['c'],
  intent: { type: 'card.create', targetId: 'b', body: { cardId: 'c', columnId: 'k', title } },
  lanes: ['column:k'],
  state: 'waiting',
})

test('ASVS line 34: cards that were too many wait as long as they are told, and then all are made', async () => {
  const error = { code: 'request.too_many', message: '', requestId: 'r-1', details: {} }
  const asked = await scriptedServer([
    { status: 429, headers: { 'retry-after': '1' }, body: { error } },
    { status: 201, body: { result: {}, offsets: {} } },
    { status: 201, body: { result: {}, offsets: {} } },
  ])
  const kinds: Sent['kind'][] = []
  const done = Promise.withResolvers<void>()
  const settled = (_: Command, { kind }: Sent) => {
    if (kinds.push(kind) === 2) done.resolve()
  }
  const keep = async () => await Promise.resolve('here' as const)
  const about = { keep, forget: () => {}, changed: () => {}, settled }
  const queue = new CommandQueue({ send: sendCommand, ...about })
  const startMs = performance.now()
  queue.add(command('first'))
  queue.add(command('second'))
  await done.promise

  expect(performance.now() - startMs).toBeGreaterThan(990)
  expect(kinds).toEqual(['done', 'done'])
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toEqual(['key of first', 'key of first', 'key of second'])
})

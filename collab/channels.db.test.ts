import { MessageType } from '@hocuspocus/server'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { PersonMessage, WorkspaceMessage } from '#core/contracts/channels.ts'
import { JobMessage } from '#core/contracts/jobs.ts'
import { newId } from '#core/kernel/ids.ts'
import { FRONT_HEADER, frontsChannel, listsChannel } from '#core/platform/channels.ts'
import { jobTeller } from '#core/platform/job-events.ts'
import { addressed } from '#tests/support/addressed.ts'
import { aBoard, aCard, aMember, aUser, type SomeBoard } from '#tests/support/fixtures.ts'
import { aRun } from '#tests/support/flows/a-run.ts'
import { aTab, type TestTab } from '#tests/support/tab.ts'
import { useCollab } from '#tests/support/use-collab.ts'
import type { Collab } from './collab.ts'

const { database, anotherNode, tokenOf, settings, collab } = useCollab()
const tabs: TestTab[] = []
/** A right that is lost ends within five seconds. */
const SENT_AWAY = { timeout: 6_000 }

let board: SomeBoard
let other: Collab
beforeAll(async () => {
  other = await anotherNode()
})
afterAll(() => other.stop())
beforeEach(async () => {
  board = await aBoard(database())
})
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.leave()
})

const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 5_000 })

async function open(name: string, userId: string, node: Pick<Collab, 'port'> = collab()) {
  const tab = aTab({ port: node.port, name, token: await tokenOf(userId) })
  tabs.push(tab)
  return tab
}

const person = (userId: string, node?: Collab) => open(`user:${userId}`, userId, node)
const member = (userId: string, node?: Collab) =>
  open(`workspace:${board.workspaceId}`, userId, node)
const said = (tab: TestTab, kind: string) =>
  tab.messages.map((message) => PersonMessage.parse(message)).filter((each) => each.kind === kind)

/** Whom the members were told of last as online. */
function online(tab: TestTab): { userId: string; since: string }[] {
  const told = tab.messages.map((message) => WorkspaceMessage.parse(message))
  return told.findLast((message) => message.kind === 'online')?.people ?? []
}
const names = (tab: TestTab) => online(tab).map(({ userId }) => userId)

test('a person is told at every tab that something came into their inbox, or was read', async () => {
  const ann = await aMember(database(), board, 'member')
  const [here, there, bob] = [
    await person(ann),
    await person(ann, other),
    await person(board.ownerId),
  ]
  await soon(() => {
    for (const tab of [here, there, bob]) expect(said(tab, 'inbox')).toHaveLength(1)
  })
  const id = newId()
  await database()('notifications').insert({
    id,
    workspace_id: board.workspaceId,
    user_id: ann,
    kind: 'mentioned',
    board_id: board.boardId,
    card_id: await aCard(database(), board),
    excerpt: 'Look',
    effect_key: id,
  })
  await soon(() => {
    for (const tab of [here, there]) expect(said(tab, 'inbox')).toHaveLength(2)
  })
  await database()('notifications').where({ id }).update({ read_at: new Date() })
  await soon(() => expect(said(here, 'inbox')).toHaveLength(3))
  expect(said(bob, 'inbox')).toHaveLength(1)
  expect(said(here, 'standing')).toHaveLength(1)
})

test('a person is told that they may do something else, or belong to another workspace', async () => {
  const ann = await aMember(database(), board, 'member')
  const tab = await person(ann)
  await soon(() => expect(said(tab, 'standing')).toHaveLength(1))
  await database()('workspace_members').where({ user_id: ann }).update({ role: 'viewer' })
  await soon(() => expect(said(tab, 'standing')).toHaveLength(2))
  const elsewhere = await aBoard(database())
  await database()('workspace_members').insert({
    workspace_id: elsewhere.workspaceId,
    user_id: ann,
    role: 'member',
  })
  await soon(() => expect(said(tab, 'standing')).toHaveLength(3))
})

test("nobody hears what others are told, or the members of somebody else's workspace", async () => {
  const stranger = await aUser(database())
  const all = [await open(`user:${board.ownerId}`, stranger), await member(stranger)]
  await soon(() => expect(all.map(({ denied }) => denied)).toEqual([['not-found'], ['not-found']]))
})

test('who closes a workspace before it is open is not online there', async () => {
  const ann = await aMember(database(), board, 'member')
  const tab = await person(ann)
  await soon(() => expect(tab.provider.isSynced).toBe(true))
  const name = `workspace:${board.workspaceId}`
  tab.socket.send(addressed(name, MessageType.Auth, 0, await tokenOf(ann)))
  tab.socket.send(addressed(name, MessageType.CLOSE, 'left'))
  const bob = await member(board.ownerId)
  await soon(() => expect(names(bob)).toEqual([board.ownerId]))
})

test('who is no member any more is sent away within five seconds, and is told nothing of the others', async () => {
  const ann = await aMember(database(), board, 'member')
  const tab = await member(ann)
  await soon(() => expect(names(tab)).toEqual([ann]))
  await database()('workspace_members').where({ user_id: ann }).delete()
  await vi.waitFor(() => expect(tab.closed.map(({ code }) => code)).toEqual([4401]), SENT_AWAY)
})

test('members see who is online at whatever process and since when, until their last tab goes', async () => {
  const [ann, bob] = [await aMember(database(), board, 'member'), board.ownerId]
  const first = await member(ann)
  await soon(() => expect(names(first)).toEqual([ann]))
  const [second, third] = [await member(bob, other), await member(bob)]
  for (const tab of [first, second, third]) await soon(() => expect(names(tab)).toEqual([ann, bob]))
  const { since } = online(first)[1]!
  third.leave()
  await soon(() => expect(online(second)[1]).toEqual({ userId: bob, since }))
  second.leave()
  await soon(() => expect(names(first)).toEqual([ann]))
})

test('members are told that projects or boards changed, and others are not', async () => {
  const redis = new Redis(inject('redisUrl'))
  const elsewhere = await aBoard(database())
  const [here, there] = [
    await member(board.ownerId),
    await open(`workspace:${elsewhere.workspaceId}`, elsewhere.ownerId),
  ]
  for (const tab of [here, there]) await soon(() => expect(tab.messages).toHaveLength(1))
  await redis.publish(listsChannel(settings().REDIS_PREFIX), board.workspaceId)
  await soon(() => expect(here.messages.at(-1)).toEqual({ kind: 'lists' }))
  expect(there.messages).toHaveLength(1)
  redis.disconnect()
})

test('a process that stops says so to every person before it sends them away', async () => {
  const node = await anotherNode({ COLLAB_DRAIN_S: 1 })
  const tab = await person(board.ownerId, node)
  await soon(() => expect(tab.messages).toHaveLength(2))
  await node.stop()
  expect(tab.messages.at(-1)).toEqual({ kind: 'draining', withinMs: 1_000 })
  expect(tab.closed.map(({ code }) => code)).toEqual([1012])
})

test('a run of a flow is followed from the event heard last, at whatever process, by who may see it', async () => {
  const redis = new Redis(inject('redisUrl'))
  const tellJob = jobTeller(redis, settings().REDIS_PREFIX)
  const runId = await aRun(database(), board)
  const happened = (label: string) => {
    const step = {
      at: new Date().toISOString(),
      key: label,
      stepId: label,
      type: 'card.move',
      label,
    }
    tellJob(runId, { kind: 'step', status: 'done', ...step })
  }
  const heard = (tab: TestTab) =>
    tab.messages
      .flatMap((message) => JobMessage.parse(message).events)
      .map(({ event }) => event.kind === 'step' && event.label)
  const follow = (tab: TestTab, after: string | null) =>
    tab.provider.sendStateless(JSON.stringify({ kind: 'follow', after }))

  happened('one')
  const [here, stranger] = [
    await open(`job:${runId}`, board.ownerId),
    await open(`job:${runId}`, await aUser(database())),
  ]
  await soon(() => expect(here.provider.isSynced).toBe(true))
  follow(here, null)
  happened('two')
  await soon(() => expect(heard(here)).toEqual(['one', 'two']))
  const { id } = JobMessage.parse(here.messages[0]).events[0]!
  const there = await open(`job:${runId}`, board.ownerId, other)
  await soon(() => expect(there.provider.isSynced).toBe(true))
  follow(there, id)
  there.provider.sendStateless('no JSON')
  happened('three')
  await soon(() => expect(heard(there)).toEqual(['two', 'three']))
  expect(stranger.denied).toEqual(['not-found'])
  redis.disconnect()
})

test('who came through an API process that stops is told so and sent away with 1012, and nobody else', async () => {
  const [front, another] = [newId(), newId()]
  const through = async (id: string) => {
    const tab = aTab({
      port: collab().port,
      name: `user:${board.ownerId}`,
      token: await tokenOf(board.ownerId),
      headers: { [FRONT_HEADER]: id },
    })
    tabs.push(tab)
    await soon(() => expect(said(tab, 'inbox')).toHaveLength(1))
    return tab
  }
  const [leaving, staying] = [await through(front), await through(another)]
  const { REDIS_URL, REDIS_PREFIX } = settings()
  const redis = new Redis(REDIS_URL)
  await redis.publish(frontsChannel(REDIS_PREFIX), front)
  redis.disconnect()
  await soon(() => expect(leaving.closed.map(({ code }) => code)).toEqual([1012]))
  expect(said(leaving, 'draining')).toHaveLength(1)
  expect([staying.closed, said(staying, 'draining')]).toEqual([[], []])
})

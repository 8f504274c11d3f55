import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import type { Command } from '../kanban/command.ts'
import {
  clearCommands,
  COMMANDS_KEPT_MAX,
  forgetCommands,
  keepCommands,
  tabsWithCommands,
  takeCommands,
} from './command-store.ts'

function command(key: string, title = key): Command {
  const intent = { type: 'card.archive' as const, targetId: key, body: {} }
  const about = { boardId: 'b', gestureId: 'g', givenAt: '', lanes: [], cardIds: [] }
  return { key, ...about, title, intent, state: 'waiting' }
}
const keysFrom = async (user: string, tab: string) =>
  (await takeCommands(user, tab, 'here')).map(({ key }) => key)

test('what is taken over comes in the order it was given, as it was last, once', async () => {
  await keepCommands('ann', 'gone', [command('first'), command('second')])
  await keepCommands('ann', 'gone', [command('third'), command('first', 'changed')])
  await forgetCommands(['second'])
  expect(await tabsWithCommands('ann')).toEqual(['gone'])
  const taken = await takeCommands('ann', 'gone', 'here')
  expect(taken.map(({ key, title }) => [key, title])).toEqual([
    ['first', 'changed'],
    ['third', 'third'],
  ])
  expect(await keysFrom('ann', 'gone')).toEqual([])
  expect(await keysFrom('ann', 'here')).toEqual(['first', 'third'])
})

test('each person has a store of their own, and clears only that', async () => {
  await keepCommands('bob', 'tab', [command('of Bob')])
  await keepCommands('cem', 'tab', [command('of Cem')])
  await clearCommands('cem')
  expect(await tabsWithCommands('cem')).toEqual([])
  expect(await keysFrom('bob', 'tab')).toEqual(['of Bob'])
})

test('no more is kept than may be, in number and in bytes; what was kept stays', async () => {
  const many = Array.from({ length: COMMANDS_KEPT_MAX }, (_, index) => command(`one-${index}`))
  await keepCommands('dee', 'tab', many)
  const full = { name: 'StoreFull' }
  await expect(keepCommands('dee', 'tab', [command('more')])).rejects.toMatchObject(full)
  const long = Array.from({ length: 11 }, (_, i) => command(`long-${i}`, 'x'.repeat(1024 * 1024)))
  await expect(keepCommands('eve', 'tab', long)).rejects.toMatchObject(full)
  expect(await keysFrom('dee', 'tab')).toHaveLength(COMMANDS_KEPT_MAX)
  expect(await tabsWithCommands('eve')).toEqual([])
})

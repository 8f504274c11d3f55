import { expect, test } from 'vitest'
import { KeptBoards } from './kept-boards.ts'

const MEGABYTE = 1024 * 1024

test('a board is found under the head it was kept with, and no other', () => {
  const boards = new KeptBoards()
  boards.keep('team', 'event 1', Buffer.from('one'))
  expect(boards.find('team', 'event 1')?.toString()).toBe('one')
  expect(boards.find('team', 'event 2')).toBeUndefined()
  boards.keep('team', 'event 2', Buffer.from('two'))
  expect(boards.find('team', 'event 1')).toBeUndefined()
  expect(boards.find('team', 'event 2')?.toString()).toBe('two')
})

test('of more than 32 MB those asked for longest ago are forgotten', () => {
  const boards = new KeptBoards()
  for (const name of ['a', 'b', 'c']) boards.keep(name, '', Buffer.alloc(10 * MEGABYTE))
  boards.find('a', '')
  boards.keep('d', '', Buffer.alloc(10 * MEGABYTE))
  const found = ['a', 'b', 'c', 'd'].filter((name) => boards.find(name, ''))
  expect(found).toEqual(['a', 'c', 'd'])
})

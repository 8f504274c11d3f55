import { expect, test } from 'vitest'
import type { ActionType } from '#core/contracts/actions.ts'
import { relists } from './relists.ts'
import type { Settled } from './run-command.ts'

const done = (type: ActionType, inverse: readonly ActionType[]) =>
  ({
    kind: 'done',
    command: { type },
    effect: { inverse: inverse.map((each) => ({ type: each })) },
  }) as unknown as Settled

test('boards are read again after one changed and after that was taken back, and not after cards did', () => {
  expect(relists(done('board.rename', ['board.rename']))).toBe(true)
  expect(relists(done('project.create', []))).toBe(true)
  expect(relists(done('undo', ['board.rename']))).toBe(true)
  expect(relists(done('undo', ['card.move']))).toBe(false)
  expect(relists(done('card.move', ['card.move']))).toBe(false)
})

import { expect, test } from 'vitest'
import { BoardState } from './board-state.ts'
import { ModelServer } from './testing/model-server.ts'

test('nothing of a board is left when another is to be shown', () => {
  const view = new ModelServer(2).view()
  const label = { id: 'l', name: 'Bug', colour: 'red' as const }
  const member = { id: 'm', name: 'Ann', hue: 1, role: 'member' as const }
  const state = new BoardState(() => [])
  state.take({ ...view, labels: [label], members: [member] })
  state.clear()
  for (const part of [state.cards, state.cells, state.labels.value, state.members.value]) {
    expect(part.size).toBe(0)
  }
  expect(state.columns.value).toEqual([])
  expect(state.board.value).toBeUndefined()
})

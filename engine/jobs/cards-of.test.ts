import { expect, test } from 'vitest'
import { actions } from '#core/contracts/actions.ts'
import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { behaviours } from '../nodes/index.ts'
import { cardsOf } from './cards-of.ts'

test('actions on cards change one each, steps that create several as many, and all else none', () => {
  const acts = Object.keys(nodes).filter((type) => !Object.hasOwn(behaviours, type))
  const changing = acts.filter((type) => cardsOf({ type, with: { titles: ['a', 'b'] } }) > 0)
  expect(changing.filter((type) => !Object.hasOwn(actions, type))).toEqual(['cards.create'])
  expect(acts.filter((type) => Object.hasOwn(actions, type) && !changing.includes(type))).toEqual(
    [],
  )
  const create = (titles: unknown) => cardsOf({ type: 'cards.create', with: { titles } })
  expect([create(['a', 'b', 'c']), create('a')]).toEqual([3, 1])
})

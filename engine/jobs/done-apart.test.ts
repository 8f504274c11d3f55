import { expect, test } from 'vitest'
import { actions } from '#core/contracts/actions.ts'
import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { behaviours } from '../nodes/index.ts'
import { DONE_APART } from './done-apart.ts'

test('a run does actions on cards itself, and few other acts', () => {
  const isAct = (type: string) => !Object.hasOwn(behaviours, type)
  const own = Object.keys(nodes).filter((type) => isAct(type) && !DONE_APART.has(type))
  expect(own.filter((type) => !Object.hasOwn(actions, type))).toEqual([
    'card.read',
    'cards.find',
    'notify',
  ])
})

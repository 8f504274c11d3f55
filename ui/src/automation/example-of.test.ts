import { expect, test } from 'vitest'
import { ref } from 'vue'
import { newId } from '#core/kernel/ids.ts'
import { drawn } from '#core/contracts/flows/drawn.ts'
import { exampleOf } from './example-of.ts'
import type { useTrying } from './use-trying.ts'

test('a value is told as people call it, and what stands for nothing known is not', () => {
  const [review, gone] = [newId(), newId()]
  const card = { title: 'Fix login', columnId: review, labels: [], assignees: [gone] }
  const trying = {
    tried: ref(),
    sample: ref({ card, trigger: { to: review } }),
    outputOf: (id: string) => (id === 'ask' ? { approved: true } : undefined),
  } as unknown as ReturnType<typeof useTrying>
  const known = { columns: [{ value: review, text: 'Review' }] } as never
  const flow = drawn({ variables: { n: 3 } })
  const told = (path: string) => exampleOf(path, flow, trying, known)
  expect(['card.title', 'card.columnId', 'trigger.to'].map(told)).toEqual([
    'Fix login',
    'Review',
    'Review',
  ])
  expect(['card.labels', 'card.assignees', 'steps.x.y'].map(told)).toEqual(['', '', ''])
  expect(['steps.ask.approved', 'vars.n'].map(told)).toEqual(['true', '3'])
})

import { expect, test } from 'vitest'
import { ACTION_TYPES, contractOf } from '#core/contracts/actions.ts'
import { sampleOf } from './sample.ts'

test.each(ACTION_TYPES)('a sample of what %s takes is taken', (type) => {
  const { body } = contractOf(type)
  expect(body.safeParse(sampleOf(body)).error).toBeUndefined()
})

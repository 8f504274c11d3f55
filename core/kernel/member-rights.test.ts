import { expect, test } from 'vitest'
import { rolesToGive } from './member-rights.ts'

test('owners give every role, admins all but owner and not to owners, others none', () => {
  expect(rolesToGive('owner', 'owner')).toEqual(['owner', 'admin', 'member', 'viewer'])
  expect(rolesToGive('admin', 'member')).toEqual(['admin', 'member', 'viewer'])
  expect(rolesToGive('admin', 'owner')).toEqual([])
  expect(rolesToGive('member', 'viewer')).toEqual([])
  expect(rolesToGive('viewer', 'viewer')).toEqual([])
})

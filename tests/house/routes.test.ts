import { expect, test } from 'vitest'
import { routes } from '#api/routes/index.ts'
import { ACTION_TYPES } from '#core/contracts/actions.ts'

test.each(ACTION_TYPES)('the action %s has one route', (type) => {
  const addresses = routes
    .filter(({ action }) => action === type)
    .map(({ method, path }) => `${method} ${path}`)
  expect(
    addresses,
    `api/routes/ needs one line act('post', '/...', '${type}') in the list of its module`,
  ).toHaveLength(1)
})

test('no address serves two routes', () => {
  const addresses = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':id')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
})

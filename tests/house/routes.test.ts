import { expect, test } from 'vitest'
import { routes } from '#api/routes/index.ts'

test('no address serves two routes', () => {
  const addresses = routes.map(({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':id')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
})

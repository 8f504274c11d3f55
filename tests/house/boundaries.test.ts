import { expect, test } from 'vitest'
import { wall } from './boundaries.ts'

const value = (specifier: string) => ({ specifier, typesOnly: false })
const types = (specifier: string) => ({ specifier, typesOnly: true })

test.each([
  ['core/contracts/kanban.ts', value('zod')],
  ['core/contracts/kanban.ts', value('../kernel/ids.ts')],
  ['core/platform/db.ts', value('node:fs')],
  ['engine/card-actions.ts', types('#core/contracts/kanban.ts')],
  ['engine/card-actions.ts', types('#activities/kanban/index.ts')],
  ['engine/worker.ts', value('#activities/kanban/index.ts')],
  ['activities/kanban/move-card.ts', value('#activities/rbac/queries.ts')],
  ['api/routes/kanban.ts', value('@koa/router')],
  ['ui/src/kanban/store.ts', value('#core/contracts/kanban.ts')],
  ['ui/src/main.ts', value('./app.vue')],
  ['tests/bench/floors/move-card.ts', types('pg')],
  ['tests/chaos/kill.test.ts', value('#activities/kanban/card.ts')],
])('%s may import %o', (file, wanted) => {
  expect(wall(file, wanted)).toBeUndefined()
})

test.each([
  ['core/kernel/ids.ts', value('node:crypto')],
  ['core/contracts/kanban.ts', value('#core/platform/db.ts')],
  ['engine/card-actions.ts', value('#core/contracts/kanban.ts')],
  ['engine/jobs/ai-assist.ts', value('node:fs')],
  ['engine/client.ts', value('#activities/kanban/index.ts')],
  ['activities/kanban/move-card.ts', value('../rbac/role.ts')],
  ['activities/kanban/move-card.ts', value('#engine/client.ts')],
  ['activities/weather/index.ts', value('#core/kernel/ids.ts')],
  ['api/routes/kanban.ts', value('#activities/kanban/move-card.ts')],
  ['api/routes/kanban.ts', value('#engine/worker.ts')],
  ['ui/src/kanban/store.ts', value('#api/server.ts')],
  ['ui/src/kanban/store.ts', value('node:fs')],
  ['migrations/migrate.ts', value('#core/platform/db.ts')],
  ['tests/bench/floors/move-card.ts', value('#core/kernel/ids.ts')],
  ['tests/bench/floors/move-card.ts', types('#activities/kanban/index.ts')],
  ['somewhere/new.ts', value('zod')],
])('%s may not import %o', (file, wanted) => {
  expect(wall(file, wanted)).toContain(file)
})

test('the message names the door to use instead', () => {
  expect(wall('api/routes/kanban.ts', value('#activities/kanban/move-card.ts'))).toBe(
    'api/routes/kanban.ts may not import activities/kanban/move-card.ts. ' +
      'The API reads through activities/*/queries.ts and writes through engine/client.ts.',
  )
})

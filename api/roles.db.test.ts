import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ROLES, may } from '#core/kernel/permissions.ts'
import { anApi, type Answer } from '#tests/support/api.ts'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import { aMember, aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'
import { sampleOf } from '#tests/support/sample.ts'
import type { Route } from './route.ts'
import { routes } from './routes/index.ts'

// Every route about a thing of a workspace, asked by everybody there is: made from the routes and
// the table of permissions, so that a route that is added is in it.
const nameOf = ({ method, path }: Route) => `${method} ${path}`
const ABOUT_A_THING = routes.filter(({ path }) =>
  /:(?!jobId|sessionId|tokenId|identityId)/.test(path),
)
const NO_ANSWER_IS_AWAITED = { prefer: 'respond-async' }

/** Where the id of each name in an address is found. */
const TABLE_OF: Readonly<Record<string, string>> = {
  workspaceId: 'workspaces',
  projectId: 'projects',
  boardId: 'boards',
  columnId: 'columns',
  labelId: 'labels',
  cardId: 'cards',
  commentId: 'comments',
  itemId: 'checklist_items',
  attachmentId: 'attachments',
}

let api: Awaited<ReturnType<typeof anApi>>
let workspace: SomeWorkspace
const ids: Record<string, string> = {}
const askers: Record<string, string | undefined> = { nobody: undefined }
/** All are asked at once: nothing is done, and an action waits a while to hear that. */
const answers = new Map<string, Answer>()

beforeAll(async () => {
  api = await anApi()
  workspace = await aRowInEachTable(api.database)
  for (const [name, table] of Object.entries(TABLE_OF)) {
    ids[name] = (await api.database(table).first('id')).id
  }
  await putBytes(ids['attachmentId']!)
  for (const role of ROLES) askers[role] = await aMember(api.database, workspace, role)
  askers['stranger'] = (await aWorkspace(api.database)).ownerId
  const asked = ABOUT_A_THING.flatMap((route) =>
    Object.keys(askers).map(async (asker) => {
      answers.set(`${nameOf(route)} ${asker}`, await ask(route, asker))
    }),
  )
  await Promise.all(asked)
  return api.stop
})

/** What a row of `files` says is kept. */
async function putBytes(id: string) {
  const { store } = api.parts.files
  const path = join(store.incoming, id)
  await writeFile(path, 'text')
  await store.put(id, path, { mediaType: 'text/plain', bytes: 4 })
}

async function ask({ method, path, query, body, takesFile }: Route, asker: string) {
  const sample = takesFile ? { name: 'a.txt' } : query && sampleOf(query)
  const asked = new URLSearchParams((sample ?? {}) as Record<string, string>)
  // One of each asker's own: somebody who is taken out is there for nobody else.
  const userId = path.includes('/members/:userId')
    ? await aMember(api.database, workspace, 'member')
    : workspace.ownerId
  const address = path.replaceAll(/:(\w+)/g, (_, name: string) => ({ ...ids, userId })[name]!)
  const as = askers[asker]
  return await api.call(method.toUpperCase(), `/api/v1${address}?${asked.toString()}`, {
    ...(as && { as }),
    ...(body && { body: sampleOf(body) }),
    ...(takesFile && { body: Buffer.from('text') }),
    headers: NO_ANSWER_IS_AWAITED,
  })
}

describe.each(ABOUT_A_THING.map((route) => [nameOf(route), route] as const))(
  '%s',
  (name, route) => {
    const told = (asker: string) => answers.get(`${name} ${asker}`)!

    test('is for nobody who has not signed in', () => {
      expect(told('nobody').status).toBe(401)
    })

    test('is nowhere for a stranger', () => {
      const { status, body } = told('stranger')
      expect(body.error.code).toMatch(/\.not_found$/)
      expect(status).toBe(404)
    })

    test.each(ROLES)('gives %s what the table of permissions says', (role) => {
      const { status, body } = told(role)
      if (may(role, route.permission)) expect([200, 201, 202, 204, 304]).toContain(status)
      else expect([status, body.error.code]).toEqual([403, 'permission.denied'])
    })
  },
)

import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { someLines } from '#tests/support/audit/some-lines.ts'
import { anApi } from '#tests/support/api.ts'
import { aMember, aWorkspace, type SomeWorkspace } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let workspace: SomeWorkspace
let address: string

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  workspace = await aWorkspace(api.database)
  address = `/api/v1/workspaces/${workspace.workspaceId}/audit`
})

const read = async (query = '', as = workspace.ownerId) =>
  await api.call('GET', address + query, { as })

test('who runs a workspace reads who did what in it, and that they read it is in it', async () => {
  const [id] = await someLines(api.database, workspace, 1)

  const { status, body } = await read()

  expect(status).toBe(200)
  const [reading, line] = body.items
  expect(reading).toMatchObject({ action: 'audit.read', actorId: workspace.ownerId })
  expect(line).toMatchObject({
    id,
    actorName: 'Olive',
    action: 'card.edit',
    decision: 'allowed',
    before: { title: 'Before 0' },
    after: { title: 'After 0' },
    isSealed: false,
  })
})

test.each(['member', 'viewer'] as const)(
  'a %s does not, and that they tried is in it',
  async (role) => {
    const userId = await aMember(api.database, workspace, role)
    expect((await read('', userId)).status).toBe(403)
    const { body } = await read(`?actorId=${userId}`)
    expect(body.items).toMatchObject([{ action: 'audit.read', decision: 'denied' }])
  },
)

test('filters take only what is asked for', async () => {
  const lines = await someLines(api.database, workspace, 3)
  const rows = await api.database('audit_log').whereIn('id', lines).orderBy('request_id')
  const of = async (query: string) =>
    (await read(query)).body.items.map(({ id }: { id: string }) => id)

  expect(await of(`?targetId=${rows[1].target_id}`)).toEqual([rows[1].id])
  expect(await of('?requestId=request-2')).toEqual([rows[2].id])
  expect(await of('?action=card.edit&limit=2')).toHaveLength(2)
  expect(await of('?decision=refused')).toEqual([])
  expect(await of(`?actorId=${newId()}`)).toEqual([])
  expect(await of('?from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z')).toEqual([])
  expect((await read('?from=yesterday')).status).toBe(400)
})

test('pages follow each other without a gap', async () => {
  await someLines(api.database, workspace, 5)
  const first = await read('?action=card.edit&limit=3')
  const second = await read(`?action=card.edit&limit=3&cursor=${first.body.nextCursor}`)
  const ids = [...first.body.items, ...second.body.items].map(({ id }) => id)
  expect(new Set(ids).size).toBe(5)
  expect(second.body.nextCursor).toBeNull()
})

test.each(['csv', 'ndjson'])(
  'all of it comes as %s, and a formula in it is none',
  async (format) => {
    await someLines(api.database, workspace, 130)
    const line = { request_id: '=1+1' }
    const row = await api
      .database('audit_log')
      .where({ workspace_id: workspace.workspaceId })
      .first()
    await api.database('audit_log').insert({ ...row, ...line, id: newId() })

    const { status, headers, body } = await read(`/export?format=${format}`)

    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe(`attachment; filename="audit.${format}"`)
    const lines = String(body).trim().split('\n')
    if (format === 'csv') {
      expect(lines).toHaveLength(1 + 131 + 1)
      expect(lines.some((each) => each.includes(`"'=1+1"`))).toBe(true)
    } else {
      expect(
        lines.map((each) => JSON.parse(each)).filter(({ action }) => action === 'audit.export'),
      ).toHaveLength(1)
    }
    const told = await read('?action=audit.export')
    expect(told.body.items).toMatchObject([{ after: { format } }])
  },
)

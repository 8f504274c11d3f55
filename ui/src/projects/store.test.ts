import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useBoard } from '../kanban/store.ts'
import { setAccess } from '../shell/access.ts'
import { useProjects } from './store.ts'

/** The ids of the projects the person sees. */
let seen: string[]

const nowhere = () => {
  const error = { code: 'project.not_found', message: 'gone', requestId: 'r', details: {} }
  return Response.json({ error }, { status: 404 })
}

beforeEach(() => {
  setActivePinia(createPinia())
  seen = ['open', 'shut']
  vi.stubGlobal('fetch', async ({ pathname }: URL) => {
    const items = seen.map((id) => ({ id, name: id }))
    if (pathname.endsWith('/workspaces/w/projects'))
      return Response.json({ items, nextCursor: null })
    if (pathname.endsWith('/me')) return Response.json({ workspaces: [{ id: 'w', projects: [] }] })
    return seen.some((id) => pathname.includes(id))
      ? Response.json({ items: [], nextCursor: null })
      : nowhere()
  })
  const user = { id: 'u', name: 'Ann', email: 'ann@example.com' }
  setAccess({ accessToken: 'token', expiresIn: 900, user })
})
afterEach(() => vi.unstubAllGlobals())

/** What the side bar lists once the project was shut. */
async function listedOnceShut(notice: () => void) {
  const projects = useProjects()
  await projects.load()
  await projects.loadBoards('shut')
  expect(projects.sorted.map(({ id }) => id)).toEqual(['open', 'shut'])
  seen = ['open']
  notice()
  await vi.waitFor(() => expect(projects.sorted.map(({ id }) => id)).toEqual(['open']))
}

test('a project that was shut to a person leaves their list when its boards are asked for', async () => {
  await listedOnceShut(
    () =>
      void useProjects()
        .loadBoards('shut')
        .catch(() => {}),
  )
})

test('a project that was shut to a person leaves their list when one of its boards is nowhere', async () => {
  await listedOnceShut(() => useBoard().open('board-of-it'))
  useBoard().close()
})

import { createHash } from 'node:crypto'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMemberWith, aProject, type SomeBoard } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>
let open: SomeBoard
let secret: SomeBoard
let reader: string

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  open = await aBoard(api.database)
  const projectId = await aProject(api.database, open, { name: 'Secret', key: 'SEC' })
  secret = await aBoard(api.database, { within: { ...open, projectId } })
  reader = await aMemberWith(api.database, open, ['audit.read'])
})

const shut = () =>
  api.database('project_roles').insert({
    workspace_id: open.workspaceId,
    project_id: secret.projectId,
    user_id: reader,
    role: 'none',
  })

/** A line of a command about boards; without them one whose outcome is forgotten. */
async function aLine(
  [action, kind, target]: readonly [action: string, kind: string, target: string],
  boards: readonly SomeBoard[] | null,
): Promise<void> {
  const by = { workspace_id: open.workspaceId, actor_id: open.ownerId, command_id: newId() }
  await api.database('audit_log').insert({
    ...by,
    id: newId(),
    action,
    decision: 'allowed',
    target_kind: kind,
    target_id: target,
    after: { name: 'Secret' },
    request_id: 'request',
    ip: '127.0.0.1',
  })
  if (!boards) return
  await api.database('outcomes').insert({
    ...by,
    type: action,
    body_hash: createHash('sha256').update('body').digest(),
    outcome: { status: 'done' },
    summary: 'Something',
    board_ids: boards.map(({ boardId }) => boardId),
    card_ids: [],
    workflow_id: 'card-actions/1',
    run_id: newId(),
  })
}

async function actionsRead(as: string): Promise<string[]> {
  const path = `/api/v1/workspaces/${open.workspaceId}/audit`
  const { body } = await api.call('GET', path, { as })
  const actions = (body.items as { action: string }[]).map(({ action }) => action)
  return [...new Set(actions)].filter((action) => action !== 'audit.read').toSorted()
}

test('no line tells who is kept from a project of it that one was made, copied or left by a card', async () => {
  const cardId = await aCard(api.database, open)
  await aLine(['project.create', 'workspace', open.workspaceId], [])
  await aLine(['project.duplicate', 'project', open.projectId], [])
  await aLine(['card.move', 'card', cardId], [secret, open])
  await aLine(['card.move', 'card', cardId], null)
  expect(await actionsRead(reader)).toEqual(['card.move', 'project.create', 'project.duplicate'])
  await shut()
  expect(await actionsRead(reader)).toEqual([])
  expect(await actionsRead(open.ownerId)).toHaveLength(3)
})

test('who is kept from a project still reads what was done in the others, and of people', async () => {
  const cardId = await aCard(api.database, open)
  await shut()
  await aLine(['card.move', 'card', cardId], [open])
  await aLine(['card.edit', 'card', cardId], null)
  await aLine(['member.role', 'user', reader], [])
  expect(await actionsRead(reader)).toEqual(['card.edit', 'card.move', 'member.role'])
})

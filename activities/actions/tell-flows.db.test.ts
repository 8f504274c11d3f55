import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'

const { database, together, command, applied } = useActions()

test('an event nothing else follows from wakes whoever looks for flows, where one listens', async () => {
  const board = await aBoard(database())
  const { ownerId, workspaceId: workspace_id, projectId: project_id } = board
  const cardId = await aCard(database(), board)
  const points = async (baseVersion: number) =>
    await command(ownerId, 'card.edit', cardId, { baseVersion, changes: { points: baseVersion } })
  await together([await points(1)])
  expect(applied()).toMatchObject([{ followUps: false }])

  const flow = { id: newId(), workspace_id, project_id, name: 'Triage', draft: {}, published: 1 }
  const by = { active: true, actor_id: ownerId, created_by: ownerId }
  await database()('flows').insert({ ...flow, ...by })
  await together([await points(2)])
  expect(applied()).toMatchObject([{ followUps: true }])
})

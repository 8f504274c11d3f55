import { expect, test } from 'vitest'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aProject } from '#tests/support/fixtures.ts'
import { waiting } from '#tests/support/waiting.ts'

const { database, together, command } = useActions()

test('a batch locks its projects in one order, whatever the order of its commands', async () => {
  const first = await aBoard(database())
  const projectId = await aProject(database(), first, { name: 'Payments', key: 'PAY' })
  const second = await aBoard(database(), { within: { ...first, projectId } })
  const create = async ({ boardId, ownerId, columns }: typeof first) =>
    await command(ownerId, 'card.create', boardId, { columnId: columns['To do']!, title: 'New' })
  const commands = [await create(second), await create(first)]
  const projects = () => database()('projects').whereIn('id', [first.projectId, projectId])

  const hold = await database().transaction()
  await hold('projects').where({ id: first.projectId }).forNoKeyUpdate()
  const done = together(commands)
  await expect.poll(async () => await waiting(database())).toBe(1)
  const free = await projects().forNoKeyUpdate().skipLocked().pluck('id')
  await hold.rollback()

  expect(free).toEqual([projectId])
  expect(await done).toMatchObject([{ status: 'done' }, { status: 'done' }])
})

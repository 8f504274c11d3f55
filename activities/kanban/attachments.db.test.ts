import { expect, test } from 'vitest'
import { cardDetails } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aFile } from '#tests/support/files/a-file.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'
import { purgeRemovedAttachments } from './purge-removed-attachments.ts'

const { database, act, refusal, undo } = useActions()
const MB = 1024 * 1024
const ago = (days: number) => new Date(Date.now() - days * 24 * 3_600_000)

async function aCardWithAFile() {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board)
  const fileId = await aFile(database(), board)
  const names = async () =>
    (await cardDetails(database(), board.ownerId, cardId))!.attachments.map(({ name }) => name)
  return { ...board, cardId, fileId, names }
}

test('a file is attached, removed and brought back, and the card counts it', async () => {
  const { ownerId, cardId, fileId, names } = await aCardWithAFile()
  const added = await act(ownerId, 'attachment.add', cardId, { fileId })
  expect(added.result).toMatchObject({
    attachment: { id: fileId, name: 'plan.pdf', bytes: 1_000, isScanned: false, addedBy: ownerId },
    card: { attachments: 1 },
  })
  expect(added.events).toMatchObject([{ type: 'attachment.added', card: { attachments: 1 } }])
  expect(await names()).toEqual(['plan.pdf'])

  const removed = await act(ownerId, 'attachment.remove', fileId, {})
  expect(removed.result.card.attachments).toBeUndefined()
  expect(await names()).toEqual([])
  const code = 'attachment.not_found'
  expect(await refusal(ownerId, 'attachment.remove', fileId, {})).toMatchObject({ code })
  await act(ownerId, 'attachment.recover', fileId, {})
  expect(await names()).toEqual(['plan.pdf'])
  expect((await act(ownerId, 'attachment.recover', fileId, {})).events).toEqual([])
})

test('adding and removing are taken back and forth, by whoever did them', async () => {
  const { ownerId, cardId, fileId, names } = await aCardWithAFile()
  const added = await act(ownerId, 'attachment.add', cardId, { fileId })
  const unadded = await undo(ownerId, added.commandId)
  expect(await names()).toEqual([])
  await undo(ownerId, unadded.commandId)
  expect(await names()).toEqual(['plan.pdf'])

  const removed = await act(ownerId, 'attachment.remove', fileId, {})
  await undo(ownerId, removed.commandId)
  expect(await names()).toEqual(['plan.pdf'])
})

test('both leave a line in the audit, with the name of the file', async () => {
  const { ownerId, cardId, fileId } = await aCardWithAFile()
  await act(ownerId, 'attachment.add', cardId, { fileId })
  await act(ownerId, 'attachment.remove', fileId, {})
  const lines = database()('audit_log').where({ actor_id: ownerId }).orderBy('id')
  expect(await lines.select('action', 'decision', 'before', 'after')).toEqual([
    {
      action: 'attachment.add',
      decision: 'allowed',
      before: { attachment: null },
      after: { attachment: 'plan.pdf' },
    },
    {
      action: 'attachment.remove',
      decision: 'allowed',
      before: { attachment: 'plan.pdf' },
      after: { attachment: null },
    },
  ])
})

test('ASVS line 41: only a harmless file of one’s own, of this workspace and of today is attached', async () => {
  const board = await aCardWithAFile()
  const { ownerId, cardId } = board
  const memberId = await aMember(database(), board, 'member')
  const elsewhere = { workspaceId: (await aBoard(database())).workspaceId, ownerId }
  const files = [
    ...(await Promise.all(
      ['receiving', 'scanning', 'refused'].map((state) => aFile(database(), board, { state })),
    )),
    await aFile(database(), board, { uploader_id: memberId }),
    await aFile(database(), board, { created_at: ago(1) }),
    await aFile(database(), elsewhere),
  ]
  for (const fileId of files) {
    const code = 'file.not_found'
    expect(await refusal(ownerId, 'attachment.add', cardId, { fileId })).toMatchObject({ code })
  }
})

test('a file is on one card only, once', async () => {
  const board = await aCardWithAFile()
  const { ownerId, cardId, fileId } = board
  const other = await aCard(database(), board)
  await act(ownerId, 'attachment.add', cardId, { fileId })
  for (const each of [cardId, other]) {
    const code = 'request.id_taken'
    expect(await refusal(ownerId, 'attachment.add', each, { fileId })).toMatchObject({ code })
  }
})

test('ASVS line 41: a card takes 50 MB, also of what is brought back', async () => {
  const board = await aCardWithAFile()
  const { ownerId, cardId } = board
  const add = async (bytes: number) => {
    const fileId = await aFile(database(), board, { bytes })
    return { fileId, done: () => act(ownerId, 'attachment.add', cardId, { fileId }) }
  }
  const first = await add(10 * MB)
  await first.done()
  for (let file = 0; file < 3; file += 1) await (await add(10 * MB)).done()
  await (await add(10 * MB - 1)).done()
  await (await add(1)).done()
  const more = await add(1)
  const code = 'card.attachment_limit'
  const { fileId } = more
  expect(await refusal(ownerId, 'attachment.add', cardId, { fileId })).toMatchObject({ code })

  await act(ownerId, 'attachment.remove', first.fileId, {})
  await more.done()
  expect(await refusal(ownerId, 'attachment.recover', first.fileId, {})).toMatchObject({ code })
})

test('a card takes 100 files', async () => {
  const board = await aCardWithAFile()
  const { ownerId, cardId, fileId } = board
  await database()('cards').where({ id: cardId }).update({ attachment_count: 100 })
  const code = 'card.attachment_limit'
  expect(await refusal(ownerId, 'attachment.add', cardId, { fileId })).toMatchObject({ code })
})

test('a removed file can be brought back for 30 days', async () => {
  const { ownerId, cardId, fileId } = await aCardWithAFile()
  await act(ownerId, 'attachment.add', cardId, { fileId })
  await act(ownerId, 'attachment.remove', fileId, {})
  const removedAt = (days: number) =>
    database()('attachments')
      .where({ id: fileId })
      .update({ deleted_at: ago(days) })
  await removedAt(29)
  expect(await purgeRemovedAttachments(database('worker'))).toBe(0)
  await removedAt(31)
  expect(await purgeRemovedAttachments(database('worker'))).toBe(1)
})

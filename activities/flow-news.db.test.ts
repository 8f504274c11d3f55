import type { Knex } from 'knex'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { ActOrder, RunEnd } from '#core/contracts/flows/run.ts'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say } from '#tests/support/flows/a-flow.ts'
import { askForApproval } from './automation/acts/ask-for-approval.ts'
import { runSettler } from './automation/settle-run.ts'
import type { ActTools } from './automation/tools.ts'
import { addToInboxes } from './notifications/add-to-inboxes.ts'

let owner: Knex
let worker: Knex
let board: SomeBoard
let flowId: string
let cardId: string
const letters: { email: string; subject: string; text: string }[] = []

beforeAll(async () => {
  const fresh = await freshDatabase()
  const limits = { name: 'test', connectionsMax: 2, statementLimitMs: 3_000 }
  owner = openDatabase({ ...limits, url: fresh.url })
  worker = openDatabase({ ...limits, url: fresh.urlOf('worker') })
  return async () => {
    await Promise.all([owner.destroy(), worker.destroy()])
    await fresh.drop()
  }
})

/** A flow in action that its board's owner has published. */
beforeEach(async () => {
  letters.length = 0
  board = await aBoard(owner)
  cardId = await aCard(owner, board)
  flowId = newId()
  const { workspaceId: workspace_id, projectId: project_id, ownerId } = board
  const home = { workspace_id, project_id }
  const definition = draft([say('a')])
  const by = { created_by: ownerId, actor_id: ownerId }
  const flow = { id: flowId, name: 'Triage', draft: definition, published: 1, active: true, ...by }
  await owner('flows').insert({ ...home, ...flow })
  const made = { definition, hash: Buffer.from(flowId), message: 'So', published_by: ownerId }
  await owner('flow_versions').insert({ ...home, ...made, flow_id: flowId, version: 1 })
})

const tools = {
  tell: addToInboxes,
  write: async (letter: (typeof letters)[number]) => void letters.push(letter),
  startRun: async () => {},
  tellEnd: async () => {},
  cancelRun: async () => {},
}
const news = async () =>
  await owner('notifications').where({ card_id: cardId }).orderBy('user_id').select()

async function fail(code: string): Promise<void> {
  const end: RunEnd = { status: 'failed', error: { code, message: 'No.', step: 'a' } }
  const about = { flowId, runId: newId(), version: 1, cause: newId(), chain: [], cardId }
  const run = { workspaceId: board.workspaceId, ...about }
  const settle = runSettler(worker, tools)
  await settle({ run, end })
  await settle({ run, end })
}

test.each([
  ['keeps failing', 'card.archived', 5, 'it failed five times in a row'],
  ['is in a loop', 'flow.chain_limit', 1, 'it and other flows kept setting each other off'],
])(
  'who published a flow that %s is told once, by letter and in the inbox, that it is out of action',
  async (_, code, times, why) => {
    for (let count = 0; count < times - 1; count += 1) await fail(code)
    expect([letters, await news()]).toEqual([[], []])
    await fail(code)
    await fail(code)
    const { email } = await owner('users').where({ id: board.ownerId }).first('email')
    expect(letters).toMatchObject([{ email, subject: '«Triage» was put out of action' }])
    expect(letters[0]!.text).toContain(why)
    expect(await news()).toMatchObject([
      { user_id: board.ownerId, kind: 'flow', in_inbox: true, excerpt: letters[0]!.text },
    ])
  },
)

test('where whoever published it sees the project no more, the owners are told, and nobody else', async () => {
  const left = await aMember(owner, board, 'admin')
  await owner('flow_versions').where({ flow_id: flowId }).update({ published_by: left })
  await owner('workspace_members').where({ user_id: left }).delete()
  await fail('flow.chain_limit')
  const { email } = await owner('users').where({ id: board.ownerId }).first('email')
  expect(letters).toMatchObject([{ email, subject: '«Triage» was put out of action' }])
  expect(await news()).toMatchObject([{ user_id: board.ownerId }])
})

test('who may answer is told at once, as they have chosen; nobody else is, and nobody at all where they are too few', async () => {
  const [ann, bob, eve] = [
    await aMember(owner, board, 'member'),
    await aMember(owner, board, 'viewer'),
    await aMember(owner, board, 'member'),
  ]
  const never = { user_id: bob, kind: 'approval', in_inbox: false, email: 'never' }
  await owner('notification_settings').insert(never)
  const { workspaceId: workspace_id, projectId: project_id } = board
  await owner('project_roles').insert({ workspace_id, project_id, user_id: eve, role: 'none' })
  const who = { to: [ann, bob, eve, board.ownerId], least: 2, except: board.ownerId }
  const params = { ...who, question: 'Ship it?', timeout: 'P2D', approval: 'ask' }
  const order = { workspaceId: board.workspaceId, flowId, runId: newId(), cardId, key: 'r/ask' }
  const asking = { ...order, actorId: board.ownerId, with: params } as unknown as ActOrder
  const asked = { ...tools, database: worker } as unknown as ActTools
  const { output } = await askForApproval(asked, asking)
  await askForApproval(asked, asking)
  expect(output).toEqual({ approvers: [ann, bob].sort() })
  const told = await news()
  expect(told).toMatchObject([{ user_id: ann, kind: 'approval', excerpt: 'Ship it?' }])
  expect(told[0].mail_due.getTime()).toBeLessThanOrEqual(Date.now())

  await owner('notifications').delete()
  const refused = async (more: object) =>
    await askForApproval(asked, {
      ...asking,
      key: newId(),
      with: { ...params, approval: newId(), ...more },
    }).catch(({ type, message }) => [type, message])
  expect(await refused({ least: 3 })).toEqual([
    'approval.too_few',
    '3 have to approve, and only 2 can: ask more people.',
  ])
  const alone = { to: [board.ownerId] }
  expect(await refused({ ...alone, least: 1 })).toEqual([
    'approval.too_few',
    'Only whoever set it off is asked, and may not answer: ask somebody else, or let them.',
  ])
  expect(await news()).toEqual([])
  // Where more are asked later it waits for them.
  expect(await refused({ ...alone, least: 0 })).toMatchObject({ output: { approvers: [] } })
})

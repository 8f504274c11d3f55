import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { zstdCompressSync } from 'node:zlib'
import type { Knex } from 'knex'
import * as Y from 'yjs'
import { aBoard, aCard, type SomeWorkspace } from './fixtures.ts'

const SESSION_LIFE_MS = 3_600_000

/** A workspace with at least one row in every table there is. */
export async function aRowInEachTable(database: Knex): Promise<SomeWorkspace> {
  const board = await aBoard(database)
  const cardId = await aCard(database, board)
  const { workspaceId: workspace_id, ownerId, projectId, boardId: board_id } = board
  const home = { workspace_id, card_id: cardId }
  await database('sessions').insert({
    id: randomUUID(),
    user_id: ownerId,
    family_id: randomUUID(),
    token_hash: createHash('sha256').update(randomUUID()).digest(),
    user_agent: 'browser',
    ip: '127.0.0.1',
    expires_at: new Date(Date.now() + SESSION_LIFE_MS),
  })
  await database('api_tokens').insert({
    id: randomUUID(),
    user_id: ownerId,
    name: 'Nightly report',
    scope: 'read',
    token_hash: randomBytes(32),
    expires_at: new Date(Date.now() + SESSION_LIFE_MS),
  })
  await database('operators').insert({ user_id: ownerId })
  const role = { id: randomUUID(), workspace_id, name: 'Reporter' }
  await database('roles').insert({ ...role, permissions: ['board.read', 'card.write.own'] })
  await database('invitations').insert({
    id: randomUUID(),
    workspace_id,
    email: `${randomUUID()}@example.com`,
    role: 'viewer',
    invited_by: ownerId,
    expires_at: new Date(Date.now() + SESSION_LIFE_MS),
    token_hash: randomBytes(32),
  })
  const there = { workspace_id, project_id: projectId, user_id: ownerId, role: 'member' }
  await database('project_roles').insert(there)
  await database('user_totp').insert({ user_id: ownerId, secret: Buffer.from('sealed') })
  const code = { user_id: ownerId, code_hash: createHash('sha256').update(randomUUID()).digest() }
  await database('recovery_codes').insert(code)
  await database('password_resets').insert({
    token_hash: createHash('sha256').update(randomUUID()).digest(),
    user_id: ownerId,
    expires_at: new Date(Date.now() + SESSION_LIFE_MS),
  })
  await database('user_identities').insert({
    id: randomUUID(),
    user_id: ownerId,
    issuer: 'https://issuer.example',
    subject: randomUUID(),
  })
  await database('email_changes').insert({
    token_hash: createHash('sha256').update(randomUUID()).digest(),
    user_id: ownerId,
    email: `${randomUUID()}@example.com`,
    expires_at: new Date(Date.now() + SESSION_LIFE_MS),
  })
  await database('sign_ups').insert({
    token_hash: createHash('sha256').update(randomUUID()).digest(),
    email: `${randomUUID()}@example.com`,
    expires_at: new Date(Date.now() + SESSION_LIFE_MS),
  })
  const label = { id: randomUUID(), workspace_id, project_id: projectId }
  await database('labels').insert({ ...label, name: 'Bug', colour: 'red' })
  await database('board_counters').insert({ board_id, workspace_id, open_cards: 1 })
  await database('card_labels').insert({ ...home, label_id: label.id })
  await database('card_assignees').insert({ ...home, user_id: ownerId })
  const comment = { ...home, id: randomUUID(), author_id: ownerId, body: 'Seen.' }
  await database('comments').insert(comment)
  await database('checklist_items').insert({ ...home, id: randomUUID(), body: 'Ask', rank: 'm' })
  const entry = { ...home, source_id: comment.id, source: 'comment', body: comment.body }
  await database('search_entries').insert(entry)
  const ways = { user_id: ownerId, kind: 'due', in_inbox: true, email: 'never' }
  await database('notification_settings').insert(ways)
  await database('notifications').insert({
    ...home,
    id: randomUUID(),
    user_id: ownerId,
    kind: 'due',
    board_id,
    excerpt: '2030-01-01',
    effect_key: randomUUID(),
  })
  const settings = { process: randomUUID(), settings: {}, digest: 'digest' }
  await database('process_settings').insert(settings)
  const file = { workspace_id, uploader_id: ownerId, name: 'a.txt', media_type: 'text/plain' }
  const id = randomUUID()
  await database('files').insert({ ...file, id, bytes: 4, state: 'ready' })
  await database('attachments').insert({ ...home, id, added_by: ownerId })
  await database('crdt_docs').insert({ ...home, begun: true, seq: 1 })
  await database('crdt_updates').insert({ ...home, seq: 1, bytes: Buffer.from('update') })
  const kept = {
    id: randomUUID(),
    seq: 1,
    snapshot: zstdCompressSync(Y.encodeStateAsUpdateV2(new Y.Doc())),
  }
  await database('crdt_history').insert({ ...home, ...kept })
  await aFlowThatRuns(database, workspace_id, projectId, ownerId)
  await database('sealing_keys').insert({ id: randomBytes(8).toString('hex') })
  await whatAnActionLeaves(database, { workspace_id, actor_id: ownerId }, board_id)
  return board
}

async function aFlowThatRuns(
  database: Knex,
  workspace_id: string,
  project_id: string,
  userId: string,
): Promise<void> {
  const id = randomUUID()
  const flow = { id, workspace_id, project_id, name: 'Triage', draft: {}, created_by: userId }
  await database('flows').insert({ ...flow, published: 1, active: true, actor_id: userId })
  const home = { workspace_id, project_id, flow_id: id, version: 1 }
  const hash = createHash('sha256').update('{}').digest()
  const definition = { limits: {}, trigger: { type: 'called' }, steps: [], onFailure: [] }
  const made = { hash, definition, message: 'First', published_by: userId }
  await database('flow_versions').insert({ ...home, ...made })
  const run_id = randomUUID()
  await database('flow_runs').insert({ ...home, id: run_id, cause: randomUUID() })
  await whatARunLeaves(database, { workspace_id, project_id, flow_id: id, run_id }, userId)
}

async function whatARunLeaves(
  database: Knex,
  of: { workspace_id: string; project_id: string; flow_id: string; run_id: string },
  userId: string,
): Promise<void> {
  const { workspace_id, project_id } = of
  const home = { workspace_id, project_id }
  await database('egress_hosts').insert({ ...home, host: 'a.example', added_by: userId })
  const value = Buffer.from('sealed')
  const secret = { id: randomUUID(), name: 'TOKEN', value, created_by: userId }
  await database('flow_secrets').insert({ ...home, ...secret })
  const sent = { id: randomUUID(), url: 'https://a.example/', body: {}, status: 'dead' }
  await database('webhook_deliveries').insert({ ...of, ...sent })
  const step = { key: 'a', step_id: 'a', type: 'stop', label: 'a', status: 'done' }
  await database('flow_steps').insert({ ...of, ...step, started_at: new Date() })
  const { run_id: _, ...there } = of
  const request = { id: randomUUID(), delivery_id: 'one', kind: 'webhook', given: {} }
  await database('flow_requests').insert({ ...there, ...request })
  const comment = { id: randomUUID(), step_id: 'a', author_id: userId, body: 'Why?' }
  await database('flow_comments').insert({ ...there, ...comment })
  const asked = { key: 'b', question: 'Good?', approvers: [userId], deadline: new Date() }
  await database('flow_approvals').insert({ ...of, ...asked })
}

async function whatAnActionLeaves(
  database: Knex,
  by: { workspace_id: string; actor_id: string },
  board_id: string,
): Promise<void> {
  const { workspace_id } = by
  const command_id = randomUUID()
  await database('outcomes').insert({
    ...by,
    command_id,
    type: 'board.rename',
    body_hash: createHash('sha256').update('body').digest(),
    outcome: { status: 'done' },
    summary: 'Olive renamed Team',
    board_ids: [board_id],
    card_ids: [],
    workflow_id: 'card-actions/1',
    run_id: randomUUID(),
  })
  const told = { type: 'board.renamed', body: {}, changes: {} }
  await database('board_events').insert({ ...by, ...told, board_id, command_id, seq: 1 })
  const follow = { topic: 'counters', effect_key: command_id, payload: { boardId: board_id } }
  await database('outbox').insert({ id: randomUUID(), workspace_id, ...follow })
  const lineId = randomUUID()
  await database('audit_log').insert({
    ...by,
    id: lineId,
    action: 'board.rename',
    decision: 'allowed',
    target_kind: 'board',
    target_id: board_id,
    command_id,
    request_id: 'request',
    ip: '127.0.0.1',
  })
  await whatSealingLeaves(database, workspace_id, lineId)
}

async function whatSealingLeaves(
  database: Knex,
  workspace_id: string,
  line_id: string,
): Promise<void> {
  const [{ count }] = (await database('audit_seals').count('* as count')) as [{ count: number }]
  const number = Number(count) + 1
  const [root, previous, hash, signature] = Array.from({ length: 4 }, () => randomBytes(32))
  const signed = { key_id: 'key', signature }
  const seal = { number, leaves: 1, root, previous, hash, horizon: '0', sealed_at: new Date() }
  await database('audit_seals').insert({ ...seal, ...signed })
  await database('audit_leaves').insert({ seal: number, place: 0, workspace_id, line_id, hash })
  await database('audit_checkpoints').insert({ number, checkpoint: {} })
  const name = `seals-${number}-${number}`
  await database('audit_archived_lines').insert({ name, packed: Buffer.from('packed') })
  const moved = { first_seal: number, last_seal: number, lines: 1, digest: hash }
  await database('audit_archives').insert({ id: randomUUID(), ...moved, ...signed })
}

import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { WorkflowFailedError } from '@temporalio/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { deliverDue } from '#activities/automation/keep-webhooks.ts'
import { costOf } from '#activities/automation/queries.ts'
import { stepsOf as shownSteps } from '#activities/automation/run-steps.ts'
import { keepSecret } from '#activities/automation/keep-secret.ts'
import { sendAgain } from '#activities/automation/send-again.ts'
import { isSigned, signingSecret } from '#activities/automation/webhook-signature.ts'
import { anAutomation, MASTER_KEY } from '#tests/support/automation.ts'
import { COMMAND_KEY } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aFlow, draft, say, step } from '#tests/support/flows/a-flow.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

interface Heard {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let it: Awaited<ReturnType<typeof anEngine>>
let automation: Awaited<ReturnType<typeof anAutomation>>
let board: SomeBoard
let ann: string
let host: string
const heard: Heard[] = []
/** What the server outside answers. */
let status = 200
const outside = createServer((request, response) => {
  void text(request).then((body) => {
    heard.push({ headers: request.headers, body })
    response.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'a=b' })
    const answer = JSON.stringify({ you: request.headers['x-key'], at: request.url })
    // As many servers write JSON.
    response.end(answer.replace('s3cret-', String.raw`s3cret\u002d`))
  })
})

beforeAll(async () => {
  it = await anEngine()
  automation = await anAutomation(it)
  board = await aBoard(it.database)
  ann = await aMember(it.database, board, 'member')
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(outside.address() as AddressInfo).port}`
  await it.database('egress_hosts').insert({ ...home(), host, added_by: board.ownerId })
})
afterAll(async () => {
  await automation.stop()
  await it.stop()
  outside.close()
})

const home = () => ({ workspace_id: board.workspaceId, project_id: board.projectId })
const failureOf = async (run: { result(): Promise<unknown> }) =>
  await run.result().then(
    () => null,
    (error: unknown) => (error as WorkflowFailedError).cause,
  )
const stepsOf = async (run_id: string) =>
  await it.database('flow_steps').where({ run_id }).orderBy('started_at')
const commentsOn = async (cardId: string): Promise<string[]> =>
  await it.database('comments').where({ card_id: cardId }).orderBy('created_at').pluck('body')

test('a server outside is asked with a secret that nobody sees, and each step is written down', async () => {
  const { workspaceId, projectId, ownerId: userId } = board
  const secret = { workspaceId, projectId, name: 'CRM_TOKEN', value: 's3cret-value', userId }
  await it.database.transaction((trx) => keepSecret(trx, readKeyring(MASTER_KEY), secret))
  const cardId = await aCard(it.database, board)
  const runId = newId()
  const asking = {
    method: 'POST',
    url: `http://${host}/a?id={{ card.id }}`,
    secretHeaders: { 'x-key': 'CRM_TOKEN' },
    body: { title: '{{ card.title }}' },
  }
  const way = { cases: [{ id: 'ok', when: { cel: 'steps.ask.status == 200' } }] }
  const flow = aFlow([
    step('ask', 'http.request', asking),
    step('ok', 'branch', way, { ok: [say('tell', '{{ steps.ask.body.you }}')] }),
  ])
  const run = await automation.start(flow, board, cardId, { runId })
  expect(await run.result()).toEqual({ status: 'done' })
  const { headers, body } = heard.at(-1)!
  expect(headers).toMatchObject({ 'x-key': 's3cret-value' })
  expect(headers['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
  expect(JSON.parse(body)).toEqual({ title: 'A card' })
  expect(await commentsOn(cardId)).toEqual(['•••'])
  const steps = await stepsOf(runId)
  expect(steps).toMatchObject([
    { key: 'ask', status: 'done', attempts: 1, output: { status: 200 }, cards: 0 },
    { key: 'ok', type: 'branch', status: 'done', output: { case: 'ok' }, cards: null },
    { key: 'tell', status: 'done', input: { text: '•••' }, cards: 1, bytes_sent: null },
  ])
  expect(steps[0].bytes_sent).toBe(Buffer.byteLength(body))
  expect(await costOf(it.database, runId)).toMatchObject({
    acts: 2,
    attempts: 2,
    cards: 1,
    bytesSent: steps[0].bytes_sent,
    bytesReceived: steps[0].bytes_received,
  })
  const { events } = await run.fetchHistory()
  expect(JSON.stringify([steps, events])).not.toContain('s3cret-value')
  expect(steps[0].output.headers).not.toHaveProperty('set-cookie')
})

test('a host that is not on the list is not asked, and that is in the audit', async () => {
  const cardId = await aCard(it.database, board)
  const before = heard.length
  const flow = aFlow([step('ask', 'http.request', { url: 'https://example.com/' })])
  const run = await automation.start(flow, board, cardId)
  expect(await failureOf(run)).toMatchObject({ type: 'egress.host_not_allowed' })
  const [line] = await it.database('audit_log').where({ action: 'egress.request' })
  expect(line).toMatchObject({ decision: 'denied', after: { host: 'example.com' } })
  const missing = step('ask', 'http.request', {
    url: `http://${host}/`,
    secretHeaders: { 'x-key': 'NONE' },
  })
  const other = await automation.start(aFlow([missing]), board, cardId)
  expect(await failureOf(other)).toMatchObject({ type: 'secret.not_found' })
  expect(heard).toHaveLength(before)
})

test('people are told and written to, once each, and only those who see the project', async () => {
  const cardId = await aCard(it.database, board)
  const stranger = (await aBoard(it.database)).ownerId
  const to = [ann, stranger, ann]
  const flow = aFlow([
    step('tell', 'notify', { to, text: 'Look at {{ card.title }}.' }),
    step('write', 'email.send', { to, subject: 'News\nBcc: x', text: 'Hello.' }),
    say('n', '{{ steps.tell.count }} {{ steps.write.count }}'),
  ])
  const run = await automation.start(flow, board, cardId)
  expect(await run.result()).toEqual({ status: 'done' })
  expect(await commentsOn(cardId)).toEqual(['1 1'])
  const told = await it.database('notifications').where({ card_id: cardId })
  expect(told).toMatchObject([{ user_id: ann, kind: 'flow', excerpt: 'Look at A card.' }])
  expect(automation.letters).toMatchObject([{ kind: 'flow', subject: 'News Bcc: x' }])
  const { email } = automation.letters[0] as { email: string }
  const more = async () =>
    await automation.acts.write({ id: newId(), email, subject: 'More', text: 'And more.' })
  for (let count = 1; count < 60; count += 1) await more()
  await expect(more()).rejects.toMatchObject({ code: 'mail.too_many' })
  const countAll = async () => {
    for (let count = 0; count < 300; count += 1) await automation.acts.countNews(ann)
  }
  await expect(countAll()).rejects.toMatchObject({ code: 'inbox.too_many' })

  // Of several the others are told; whoever is alone is not, and the step says so.
  const both = { to: [ann, board.ownerId], text: 'Hello.' }
  const runId = newId()
  const others = await automation.start(
    aFlow([
      step('tell', 'notify', both),
      step('write', 'email.send', { ...both, subject: 'News' }),
      say('n', '{{ steps.tell.count }} {{ steps.write.notTold | join }}'),
    ]),
    board,
    cardId,
    { runId },
  )
  expect(await others.result()).toEqual({ status: 'done' })
  expect((await commentsOn(cardId)).at(-1)).toBe(`1 ${ann}`)
  const shown = await shownSteps(it.database, runId)
  expect(shown.slice(0, 2)).toMatchObject([{ notTold: [{ id: ann }] }, { notTold: [{ id: ann }] }])
  const alone = await automation.start(
    aFlow([step('tell', 'notify', { ...both, to: [ann] })]),
    board,
    cardId,
  )
  expect(await failureOf(alone)).toMatchObject({ type: 'inbox.too_many' })
  const nobody = aFlow([step('tell', 'notify', { to: [stranger], text: 'Hello.' })])
  const refused = await automation.start(nobody, board, cardId)
  expect(await failureOf(refused)).toMatchObject({ type: 'flow.nobody_there' })
})

test('a webhook is signed, tried again, and laid with the dead letters when nobody takes it', async () => {
  const cardId = await aCard(it.database, board)
  const flow = aFlow([step('hook', 'webhook.send', { url: `http://${host}/hook`, body: { a: 1 } })])
  const run = await automation.start(flow, board, cardId)
  await run.result()
  status = 503
  const rows = () => it.database('webhook_deliveries').where(home())
  const due = async () => await rows().update({ try_at: it.database.fn.now() })
  expect(await deliverDue(automation.acts)).toBe(1)
  expect(await deliverDue(automation.acts)).toBe(0)
  const first = heard.at(-1)!
  const head = (name: string) => first.headers[`webhook-${name}`] as string
  const signed = { id: head('id'), timestamp: head('timestamp'), signature: head('signature') }
  const secret = signingSecret(COMMAND_KEY, board.projectId)
  expect(isSigned(secret, signed, first.body)).toBe(true)
  expect(isSigned(secret, signed, `${first.body} `)).toBe(false)
  expect(isSigned(secret, signed, first.body, Date.now() + 400_000)).toBe(false)
  for (let tries = 1; tries < 8; tries += 1) {
    expect(await rows()).toMatchObject([{ status: 'waiting', tries, answer: '503' }])
    await due()
    await deliverDue(automation.acts)
  }
  expect(await rows()).toMatchObject([{ status: 'dead', tries: 8, try_at: null }])
  expect(heard.at(-1)!.headers['webhook-id']).toBe(head('id'))
  status = 200
  const { workspaceId } = board
  expect(
    await writeAs(automation.database, { workspaceId }, (trx) =>
      sendAgain(trx, { projectId: board.projectId, id: head('id') }),
    ),
  ).toBe(true)
  await deliverDue(automation.acts)
  expect(await rows()).toMatchObject([{ status: 'sent', answer: '200' }])
})

test('code runs by itself and gives what it returns; what it does wrong fails its step', async () => {
  const cardId = await aCard(it.database, board)
  const code = 'return input.words.map((word) => word.length)'
  const input = { words: '{{ vars.words }}' }
  const flow = aFlow(
    [step('run', 'code.run', { code, input }), say('tell', '{{ steps.run.result | json }}')],
    { variables: { words: ['a', 'bcd'] } },
  )
  const run = await automation.start(flow, board, cardId)
  await run.result()
  expect(await commentsOn(cardId)).toEqual(['[1,3]'])
  // What Postgres does not take, and what looks like it.
  const odd = String.raw`return "\\u0000" + String.fromCharCode(0, 0xd83d)`
  const kept = aFlow([
    step('run', 'code.run', { code: odd }),
    say('tell', '{{ steps.run.result }}'),
  ])
  await (await automation.start(kept, board, cardId)).result()
  expect((await commentsOn(cardId)).at(-1)).toBe(String.raw`\u0000` + '\u{fffd}')
  for (const [bad, message] of [
    ['throw new Error("no")', 'Error: no'],
    ['})(); return "nothing"; (function () {', expect.stringContaining('only its body')],
    [
      'let a = 1; for (let n = 0; n < 200; n++) a = [a]; return a',
      expect.stringContaining('flatter'),
    ],
  ] as const) {
    const wrong = aFlow([step('run', 'code.run', { code: bad })])
    expect(await failureOf(await automation.start(wrong, board, cardId))).toMatchObject({ message })
  }
})

const aPublished = async (content: object) => await aPublishedFlow(it.database, board, content)

test('a flow calls another about its card, waits for its end, and has what it gives', async () => {
  const called = await aPublished(
    draft(
      [
        step('there', 'comment.add', {
          target: '{{ trigger.input.card }}',
          text: 'Called with {{ trigger.input.n }}',
        }),
        step('wait', 'wait', { for: 'PT1S' }),
        step('set', 'set-variable', { name: 'n', cel: 'trigger.input.n * 2' }),
      ],
      { trigger: { type: 'called' }, variables: { n: 0 } },
    ),
  )
  const cardId = await aCard(it.database, board)
  const input = { n: 21, card: '{{ card.id }}' }
  const flow = aFlow([
    step('call', 'flow.call', { flowId: called, input }),
    say('tell', '{{ steps.call.status }} {{ steps.call.output.n }}'),
  ])
  const run = await automation.start(flow, board, cardId)
  expect(await run.result()).toEqual({ status: 'done' })
  expect(await commentsOn(cardId)).toEqual(['Called with 21', 'done 42'])
  const [row] = await it.database('flow_runs').where({ flow_id: called })
  expect(row).toMatchObject({ status: 'done', called_by: run.workflowId, card_id: cardId })
  const missing = aFlow([step('call', 'flow.call', { flowId: newId() })])
  const failed = await automation.start(missing, board, cardId)
  expect(await failureOf(failed)).toMatchObject({ type: 'flow.not_found' })
})

test('with a run that is cancelled ends the one it called, and what that did is taken back', async () => {
  const back = step('back', 'comment.add', { target: '{{ trigger.input.card }}', text: 'Back' })
  const did = { target: '{{ trigger.input.card }}', text: 'Did' }
  const called = await aPublished(
    draft(
      [step('did', 'comment.add', did, { undo: [back] }), step('wait', 'wait', { for: 'P7D' })],
      {
        trigger: { type: 'called' },
      },
    ),
  )
  const cardId = await aCard(it.database, board)
  const input = { card: '{{ card.id }}' }
  const flow = aFlow([step('call', 'flow.call', { flowId: called, input })])
  const run = await automation.start(flow, board, cardId)
  await expect.poll(() => commentsOn(cardId)).toEqual(['Did'])
  await run.cancel()
  await expect.poll(() => commentsOn(cardId)).toEqual(['Did', 'Back'])
  const status = () => it.database('flow_runs').where({ flow_id: called }).pluck('status')
  await expect.poll(status).toEqual(['cancelled'])
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { aKey } from '#tests/support/a-key.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aMailServer } from '#tests/support/mail-server.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { openMailer } from './mail/mailer.ts'
import type { Mailer } from './mail/mailer.ts'
import { forgetLateMail } from './notifications/digests.ts'
import { sendDigests, type DigestDesk } from './send-digests.ts'

const PUBLIC_URL = 'https://flow.example.com'
const MAIL_FROM = 'ProjectFlow <flow@example.com>'
const COMMAND_KEY = aKey()
const WAIT = { timeout: 10_000, interval: 50 }

const database = useDatabase()
let mail: Awaited<ReturnType<typeof aMailServer>>
let send: Mailer
let board: SomeBoard
let ann: { id: string; email: string }

beforeAll(async () => {
  mail = await aMailServer()
  const config = { PROJECTFLOW_DEMO: false, SMTP_URL: mail.url, MAIL_FROM, REDIS_PREFIX: 'none' }
  send = openMailer(config, null as never)
  return mail.stop
})
beforeEach(async () => {
  board = await aBoard(database())
  ann = await aReader()
})

async function aReader(row: object = {}) {
  const email = `${newId()}@example.com`
  const id = await aMember(database(), board, 'viewer', { email })
  await database()('users')
    .where({ id })
    .update({ language: 'en', ...row })
  return { id, email }
}

/** Something Olive did that is due by mail. */
async function news(reader: { id: string }, row: object = {}, card: object = {}) {
  const cardId = await aCard(database(), board, { title: 'Fix login', ...card })
  await database()('notifications').insert({
    id: newId(),
    workspace_id: board.workspaceId,
    user_id: reader.id,
    kind: 'mentioned',
    actor_id: board.ownerId,
    board_id: board.boardId,
    card_id: cardId,
    excerpt: 'Have a look',
    effect_key: newId(),
    created_at: new Date('2026-11-21T12:00:00Z'),
    mail_due: new Date(Date.now() - 1_000),
    ...row,
  })
  return cardId
}

const desk = (more: Partial<DigestDesk> = {}): DigestDesk => ({
  database: database('worker'),
  send,
  config: { PUBLIC_URL, COMMAND_KEY },
  ...more,
})

const lettersTo = ({ email }: { email: string }) =>
  mail.letters
    .filter(({ to }) => to === email)
    // A line that is too long for a letter is broken by `=`.
    .map(({ raw }) => raw.replaceAll('=\r\n', '').replaceAll('=3D', '='))
const idOf = (letter: string | undefined) => /^Message-ID: (.+)\r$/m.exec(letter ?? '')?.[1]
const toldBy = (reader: { email: string }) => lettersTo(reader).join('\n')

test('all that is due goes to a person in one letter, with links to the cards', async () => {
  const first = await news(ann)
  await news(ann, { kind: 'due', excerpt: '2026-11-22', actor_id: null }, { title: 'Pay rent' })
  const later = { mail_due: new Date(Date.now() + 3_600_000) }
  await news(ann, later, { title: 'Not yet' })
  await sendDigests(desk())
  await sendDigests(desk())
  expect(lettersTo(ann)).toHaveLength(1)
  const [letter] = lettersTo(ann)
  expect(letter).toContain('Subject: 2 news for you')
  expect(letter).toContain('Olive mentioned you on CHK-1 Fix login')
  expect(letter).toContain(`${PUBLIC_URL}/boards/${board.boardId}?card=${first}`)
  expect(letter).toContain('Due on Nov 22, 2026: CHK-2 Pay rent')
  expect(letter).not.toContain('Not yet')
})

test('a comment on a flow is told with a link to it, to who may see the flow', async () => {
  const { workspaceId: workspace_id, projectId: project_id, ownerId } = board
  const [flow_id, id] = [newId(), newId()]
  const home = { workspace_id, project_id }
  const flow = { id: flow_id, ...home, name: 'Triage', draft: {}, created_by: ownerId }
  await database()('flows').insert(flow)
  const said = { id, ...home, flow_id, step_id: 'a', author_id: ownerId, body: 'Why?' }
  await database()('flow_comments').insert(said)
  const jon = await aReader()
  const shut = { ...home, user_id: jon.id, role: 'none' }
  await database()('project_roles').insert(shut)
  const about = { card_id: null, board_id: null, flow_comment_id: id, project_id }
  for (const reader of [ann, jon]) await news(reader, about)
  await sendDigests(desk())
  expect(toldBy(ann)).toContain('Olive mentioned you on Triage')
  expect(toldBy(ann)).toContain(`${PUBLIC_URL}/flows/${flow_id}?comment=${id}`)
  expect(lettersTo(jon)).toEqual([])
})

test('a letter speaks the language of its reader and tells their hours', async () => {
  const reader = await aReader({ language: 'de', time_zone: 'Asia/Tokyo' })
  await news(reader)
  await sendDigests(desk())
  const [letter] = lettersTo(reader)
  expect(letter).toContain('Subject: =?UTF-8?Q?Olive_hat_dich_erw')
  expect(letter).toContain('21.11.2026, 21:00')
})

test('mail programs find how a letter is unsubscribed from', async () => {
  await news(ann)
  await sendDigests(desk())
  const head = lettersTo(ann)[0]!.replaceAll('\r\n ', ' ')
  const address = `${PUBLIC_URL}/api/v1/unsubscribe?token=${ann.id}.mentioned.`
  expect(head).toContain(`List-Unsubscribe: <${address}`)
  expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(head).toContain('Auto-Submitted: auto-generated')
})

test('nothing that people wrote is markup', async () => {
  await news(ann, { excerpt: '<img src=x onerror=alert(1)>' }, { title: '<b>"Bold" & \'sly\'' })
  await sendDigests(desk())
  const [, html = ''] = lettersTo(ann)[0]!.split('<!doctype html>')
  expect(html).toContain('&lt;b&gt;&quot;Bold&quot; &amp; &#39;sly&#39;')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).not.toContain('<img')
})

test('what was read, deleted, switched off or is not to be seen any more is left out', async () => {
  await news(ann, {}, { title: 'Stays' })
  await news(ann, { read_at: new Date() }, { title: 'Was read' })
  await news(ann, {}, { title: 'Deleted', row: { deleted_at: new Date() } })
  const off = { user_id: ann.id, kind: 'commented', in_inbox: true, email: 'never' }
  await database()('notification_settings').insert(off)
  await news(ann, { kind: 'commented' }, { title: 'Switched off' })
  const gone = await aReader()
  await news(gone)
  await database()('workspace_members').where({ user_id: gone.id }).delete()
  await sendDigests(desk())
  expect(toldBy(ann)).toContain('Stays')
  expect(toldBy(ann)).not.toMatch(/Was read|Deleted|Switched off/)
  expect(lettersTo(gone)).toEqual([])
})

test('nobody is told of a workspace that was deleted meanwhile', async () => {
  await news(ann)
  const workspace = database()('workspaces').where({ id: board.workspaceId })
  await workspace.update({ deleted_at: new Date(), restorable_by: [board.ownerId] })
  await sendDigests(desk())
  expect(lettersTo(ann)).toEqual([])
})

test('a card that has moved is told of where it is now', async () => {
  const cardId = await news(ann)
  const other = await aBoard(database(), { name: 'Elsewhere', within: board })
  const place = { board_id: other.boardId, column_id: other.columns['Done'] }
  await database()('cards').where({ id: cardId }).update(place)
  await sendDigests(desk())
  expect(toldBy(ann)).toContain(`/boards/${other.boardId}?card=${cardId}`)
})

test('where everything has been read there is no letter', async () => {
  await news(ann, { read_at: new Date() })
  await sendDigests(desk())
  expect(lettersTo(ann)).toEqual([])
  expect(await database()('notifications').where({ user_id: ann.id }).first()).toMatchObject({
    mail_due: null,
  })
})

test('what could not be sent for a week is not news any more', async () => {
  const daysAgo = (count: number) => new Date(Date.now() - count * 24 * 3_600_000)
  await news(ann, { created_at: daysAgo(8) }, { title: 'Of last week' })
  await news(ann, { created_at: daysAgo(6) }, { title: 'Of this week' })
  await writeAs(database('worker'), THE_HOUSE, forgetLateMail)
  await sendDigests(desk())
  expect(toldBy(ann)).toContain('Of this week')
  expect(toldBy(ann)).not.toContain('Of last week')
})

test('of two who send at once, one does', async () => {
  await news(ann)
  await Promise.all([sendDigests(desk()), sendDigests(desk()), sendDigests(desk())])
  expect(lettersTo(ann)).toHaveLength(1)
})

test('a letter that is turned away is the same letter later, and holds up no other', async () => {
  const bob = await aReader()
  await news(ann)
  await news(bob)
  mail.refuseOnce(ann.email)
  await sendDigests(desk())
  expect(lettersTo(ann)).toEqual([])
  expect(lettersTo(bob)).toHaveLength(1)
  const mine = () => database()('notifications').where({ user_id: ann.id })
  const { letter_id, mail_due } = await mine().first()
  expect(mail_due.getTime()).toBeGreaterThan(Date.now())
  await mine().update({ mail_due: new Date() })
  await sendDigests(desk())
  expect(lettersTo(ann).map(idOf)).toEqual([`<${letter_id}@flow.example.com>`])
})

/** A worker process that is killed where it stands when it has said so. */
async function killedWhile(point: 'before it sends' | 'after it has sent'): Promise<void> {
  const code = `
    import { openDatabase } from '#core/platform/database.ts'
    import { openMailer } from '#activities/mail/mailer.ts'
    import { sendDigests } from '#activities/send-digests.ts'
    const { url, mail, config, isSent } = JSON.parse(process.env.TOLD)
    const database = openDatabase({ url, name: 'dies', connectionsMax: 2, statementLimitMs: 3000 })
    const post = openMailer(mail, null)
    const send = async (letter) => {
      if (isSent) await post(letter)
      console.log('here')
      await new Promise((resolve) => setTimeout(resolve, 60_000))
    }
    await sendDigests({ database, send, config })`
  const told = {
    url: (database('worker').client.config.connection as { connectionString: string })
      .connectionString,
    mail: { PROJECTFLOW_DEMO: false, SMTP_URL: mail.url, MAIL_FROM },
    config: { PUBLIC_URL, COMMAND_KEY },
    isSent: point === 'after it has sent',
  }
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { TOLD: JSON.stringify(told) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
}

test('a worker that is killed before it sends loses no letter', async () => {
  await news(ann)
  await killedWhile('before it sends')
  expect(lettersTo(ann)).toEqual([])
  await expect.poll(async () => await sendDigests(desk()), WAIT).toBe(1)
  expect(lettersTo(ann)).toHaveLength(1)
})

test('one that is killed after it has sent sends the same letter again, under the same name', async () => {
  await news(ann)
  await killedWhile('after it has sent')
  await news(ann, {}, { title: 'Of later' })
  await expect.poll(async () => await sendDigests(desk()), WAIT).toBeGreaterThan(0)
  await sendDigests(desk())
  const [before, again, ...others] = lettersTo(ann).toSorted((a, b) =>
    idOf(a)! < idOf(b)! ? -1 : 1,
  )
  expect(idOf(again)).toBe(idOf(before))
  expect(again).not.toContain('Of later')
  expect(others).toHaveLength(1)
  expect(await sendDigests(desk())).toBe(0)
})

import { beforeAll, beforeEach, expect, test } from 'vitest'
import { purgeInvitations } from '#activities/rbac/purge-invitations.ts'
import { newId } from '#core/kernel/ids.ts'
import {
  INVITATION_LETTERS_PER_ADDRESS_MAX,
  INVITATION_LETTERS_PER_HOUR_MAX,
  INVITATIONS_PER_WORKSPACE_MAX,
  INVITED_AT_ONCE_MAX,
} from '#core/kernel/limits.ts'
import { openDatabase } from '#core/platform/database.ts'
import { anApi } from '#tests/support/api.ts'
import { anApiWithMail } from '#tests/support/api-with-mail.ts'
import {
  aMember,
  aMemberWith,
  aUser,
  aWorkspace,
  type SomeWorkspace,
} from '#tests/support/fixtures.ts'

const PASSWORD = 'staple under the bridge'
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000)

let it: Awaited<ReturnType<typeof anApiWithMail>>
let workspace: SomeWorkspace
let owner: string

beforeAll(async () => {
  it = await anApiWithMail()
  return it.stop
})
beforeEach(async () => {
  workspace = await aWorkspace(it.api.database, 'Acme')
  owner = workspace.ownerId
})

const anAddress = () => `${newId()}@example.com`
const path = (more = '', { workspaceId } = workspace) =>
  `/api/v1/workspaces/${workspaceId}/invitations${more}`
const call = async (method: string, address: string, as?: string, body?: object) =>
  await it.api.call(method, address, { ...(as && { as }), ...(body && { body }) })
const invite = async (as: string, emails: readonly string[], role: object = { role: 'member' }) =>
  await call('POST', path(), as, { emails, ...role })
const listed = async (as = owner) => (await call('GET', path(), as)).body.items
const again = async (as: string, id: string) => await call('POST', path(`/${id}/send`), as)
const takeBack = async (as: string, id: string) => await call('DELETE', path(`/${id}`), as)
const look = async (token: string) => await call('POST', '/api/v1/auth/invitation', '', { token })
const accept = async (as: string, token: string) =>
  await call('POST', '/api/v1/auth/invitation/accept', as, { token })
const signUp = async (token: string, more: object = {}) => {
  const body = { token, name: 'Kim', password: PASSWORD, ...more }
  return await call('POST', '/api/v1/auth/invitation/sign-up', '', body)
}
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
]
const rows = () => it.api.database('invitations').where({ workspace_id: workspace.workspaceId })
const roleOf = async (userId: string) =>
  await it.api
    .database('workspace_members')
    .where({ workspace_id: workspace.workspaceId, user_id: userId })
    .first('role', 'role_id')
const told = async (action: string) =>
  await it.api
    .database('audit_log')
    .where({ workspace_id: workspace.workspaceId, action })
    .orderBy('created_at')

interface Sent {
  readonly id: string
  readonly token: string
  readonly email: string
}

/** An invitation and the token of its letter. */
async function aLetter(
  email: string,
  role: object = { role: 'member' },
  as = owner,
): Promise<Sent> {
  const asked = await invite(as, [email], role)
  expect(asked.status).toBe(201)
  return { id: asked.body.ids[0], token: (await it.tokensTo(email, '/invitation')).at(-1)!, email }
}

test('somebody is invited, makes an account with the link, and is in with the role they were given', async () => {
  const { token, email } = await aLetter(anAddress())
  expect((await look(token)).body).toEqual({
    workspace: 'Acme',
    invitedBy: 'Olive',
    email,
    role: 'member',
    roleName: null,
    hasAccount: false,
  })
  const made = await signUp(token)
  expect([made.status, made.body.user]).toMatchObject([200, { name: 'Kim', email }])
  expect(made.headers.get('set-cookie')).toContain('pf_refresh=')
  const authorization = `Bearer ${made.body.accessToken}`
  const me = await it.api.call('GET', '/api/v1/me', { headers: { authorization } })
  expect(me.body.workspaces).toMatchObject([{ id: workspace.workspaceId, role: 'member' }])
  expect(await listed()).toEqual([])
  const line = { target_id: made.body.user.id, action: 'account.make' }
  expect(await it.api.database('audit_log').where(line)).toHaveLength(1)
})

test('it is the way in where nobody makes an account by themselves', async () => {
  expect(it.api.parts.config.SIGN_UP).toBe('closed')
  const { token } = await aLetter(anAddress())
  expect((await signUp(token)).status).toBe(200)
})

test('who has an account accepts with it, whatever the case of its address', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email: email.toUpperCase() })
  const { token } = await aLetter(email)
  expect((await look(token)).body.hasAccount).toBe(true)
  expect(codeOf(await signUp(token))).toEqual([409, 'account.exists'])
  expect((await accept(kim, token)).body).toEqual({ workspaceId: workspace.workspaceId })
  expect(await roleOf(kim)).toEqual({ role: 'member', role_id: null })
})

test('who looks at it changes nothing', async () => {
  const { token } = await aLetter(anAddress())
  const before = await rows()
  await look(token)
  expect(await rows()).toEqual(before)
})

test('to accept twice is as once, also for two tabs at once, and is written down once', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { id, token } = await aLetter(email)
  const both = await Promise.all([accept(kim, token), accept(kim, token)])
  const third = await accept(kim, token)
  for (const { status, body } of [...both, third]) {
    expect([status, body]).toEqual([200, { workspaceId: workspace.workspaceId }])
  }
  const after = { role: 'member', invitedBy: owner }
  expect(await told('invitation.accept')).toMatchObject([{ actor_id: kim, target_id: id, after }])
})

test('of two tabs that make the account at once, one does', async () => {
  const { token, email } = await aLetter(anAddress())
  const both = await Promise.all([signUp(token), signUp(token)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await it.api.database('users').where({ email })).toHaveLength(1)
})

test('a link that was used lets nobody in again, not even whom it let in and who was taken out', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { token } = await aLetter(email)
  await accept(kim, token)
  await call('DELETE', `/api/v1/workspaces/${workspace.workspaceId}/members/${kim}`, owner)
  expect(codeOf(await accept(kim, token))).toEqual([410, 'invitation.over'])
  expect(codeOf(await look(token))).toEqual([410, 'invitation.over'])
  expect(await roleOf(kim)).toBeUndefined()
})

test('somebody with another address is told so, and the invitation stays for whose it is', async () => {
  const email = anAddress()
  const mallory = await aUser(it.api.database, {})
  const { token } = await aLetter(email)
  expect(codeOf(await accept(mallory, token))).toEqual([403, 'invitation.other_address'])
  expect(await roleOf(mallory)).toBeUndefined()
  expect((await signUp(token)).status).toBe(200)
})

test('an invitation is over after seven days', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { token } = await aLetter(email)
  const [{ expires_at }] = await rows()
  expect((expires_at.getTime() - Date.now()) / 86_400_000).toBeCloseTo(7, 1)
  await rows().update({ expires_at: new Date(0) })
  for (const answer of [await look(token), await accept(kim, token), await signUp(token)]) {
    expect(codeOf(answer)).toEqual([410, 'invitation.over'])
  }
})

test('one that was taken back is over, and that is written down', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { id, token } = await aLetter(email)
  expect((await takeBack(owner, id)).status).toBe(204)
  for (const answer of [await look(token), await accept(kim, token), await signUp(token)]) {
    expect(codeOf(answer)).toEqual([410, 'invitation.over'])
  }
  expect(codeOf(await takeBack(owner, id))).toEqual([404, 'invitation.not_found'])
  const lines = await told('invitation.take_back')
  expect(lines).toMatchObject([{ actor_id: owner, target_id: id, before: { email } }])
})

test('of accepting it and taking it back at once, one is done and the other told so', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { id, token } = await aLetter(email)
  const [accepted, taken] = await Promise.all([accept(kim, token), takeBack(owner, id)])
  expect([
    [200, 404],
    [410, 204],
  ]).toContainEqual([accepted.status, taken.status])
  expect((await roleOf(kim)) !== undefined).toBe(accepted.status === 200)
})

test('a workspace that was deleted lets nobody in', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { token } = await aLetter(email)
  const { workspaceId: id } = workspace
  await it.api.database('workspaces').where({ id }).update({ deleted_at: new Date() })
  for (const answer of [await look(token), await accept(kim, token), await signUp(token)]) {
    expect(codeOf(answer)).toEqual([410, 'invitation.over'])
  }
})

test.each(['?', 'A'.repeat(43), 'A'.repeat(44), `${'\u0410'.repeat(43)}`, '__proto__'])(
  'what is no token of ours, as %s, opens nothing',
  async (token) => {
    const kim = await aUser(it.api.database, {})
    for (const answer of [await look(token), await accept(kim, token), await signUp(token)]) {
      expect(codeOf(answer)).toEqual([410, 'invitation.over'])
    }
  },
)

test('the token of one workspace is none in another', async () => {
  const email = anAddress()
  const { token } = await aLetter(email)
  const other = await aWorkspace(it.api.database)
  const bytes = Buffer.from(token, 'base64url')
  const forged = Buffer.concat([
    Buffer.from(other.workspaceId.replaceAll('-', ''), 'hex'),
    bytes.subarray(16),
  ])
  expect(codeOf(await look(forged.toString('base64url')))).toEqual([410, 'invitation.over'])
})

test('whoever invited has to hold the right still: their successor sends it again', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const admin = await aMember(it.api.database, workspace, 'admin', { name: 'Ada' })
  const { id, token } = await aLetter(email, { role: 'admin' }, admin)
  const her = it.api.database('workspace_members').where({ user_id: admin })
  expect(await listed()).toMatchObject([{ invitedBy: 'Ada', isBacked: true }])
  await her.clone().update({ role: 'member' })
  expect(await listed()).toMatchObject([{ invitedBy: 'Ada', isBacked: false }])
  expect(codeOf(await accept(kim, token))).toEqual([409, 'invitation.inviter_may_not'])
  await her.clone().delete()
  expect(await listed()).toMatchObject([{ invitedBy: 'Ada', isBacked: false }])
  expect(codeOf(await accept(kim, token))).toEqual([409, 'invitation.inviter_may_not'])
  expect(await roleOf(kim)).toBeUndefined()

  await rows().update({ asked_at: AN_HOUR_AGO })
  expect((await again(owner, id)).status).toBe(204)
  expect(await listed()).toMatchObject([{ invitedBy: 'Olive', isBacked: true }])
  const [, renewed] = await it.tokensTo(email, '/invitation', 2)
  expect(codeOf(await accept(kim, token))).toEqual([410, 'invitation.over'])
  expect((await accept(kim, renewed!)).status).toBe(200)
  expect(await roleOf(kim)).toMatchObject({ role: 'admin' })
})

test('no account is made by an invitation that nobody stands behind any more', async () => {
  const email = anAddress()
  const admin = await aMember(it.api.database, workspace, 'admin')
  const { token } = await aLetter(email, { role: 'member' }, admin)
  await it.api.database('workspace_members').where({ user_id: admin }).delete()
  expect(codeOf(await signUp(token))).toEqual([409, 'invitation.inviter_may_not'])
  expect(await it.api.database('users').where({ email })).toEqual([])
})

test('nobody invites to more than they hold, and that they tried is written down', async () => {
  const admin = await aMember(it.api.database, workspace, 'admin')
  const lead = await aMemberWith(it.api.database, workspace, ['members.manage', 'card.write'])
  expect((await invite(admin, [anAddress()], { role: 'owner' })).status).toBe(403)
  expect((await invite(lead, [anAddress()], { role: 'admin' })).status).toBe(403)
  expect(codeOf(await invite(lead, [anAddress()], { role: 'viewer' }))).toEqual([201, undefined])
  const lines = await told('invitation.create')
  expect(lines.map(({ decision }) => decision)).toEqual(['denied', 'denied', 'allowed'])
  const { body } = await invite(owner, [anAddress()], { role: 'admin' })
  expect((await takeBack(lead, body.ids[0])).status).toBe(403)
})

test('somebody is invited with a role the workspace has made, which then stays', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const roleId = (
    await call('POST', `/api/v1/workspaces/${workspace.workspaceId}/roles`, owner, {
      name: 'Contractor',
      permissions: ['card.write.own'],
    })
  ).body.id
  const role = `/api/v1/workspaces/${workspace.workspaceId}/roles/${roleId}`
  const { token } = await aLetter(email, { roleId })
  expect((await look(token)).body).toMatchObject({ role: 'custom', roleName: 'Contractor' })
  expect(codeOf(await call('DELETE', role, owner))).toEqual([409, 'role.in_use'])
  expect((await accept(kim, token)).status).toBe(200)
  expect(await roleOf(kim)).toEqual({ role: 'custom', role_id: roleId })
})

test('a role only those were invited with who never came can be deleted', async () => {
  const { workspaceId } = workspace
  const roles = `/api/v1/workspaces/${workspaceId}/roles`
  const made = { name: 'Contractor', permissions: ['card.write.own'] }
  const roleId = (await call('POST', roles, owner, made)).body.id
  const { body } = await invite(owner, [anAddress()], { roleId })
  await takeBack(owner, body.ids[0])
  expect((await call('DELETE', `${roles}/${roleId}`, owner)).status).toBe(204)
})

test('a role of another workspace is none', async () => {
  const other = await aWorkspace(it.api.database)
  const roleId = newId()
  const role = { id: roleId, workspace_id: other.workspaceId, name: 'Theirs' }
  await it.api.database('roles').insert({ ...role, permissions: ['board.read'] })
  expect(codeOf(await invite(owner, [anAddress()], { roleId }))).toEqual([404, 'role.not_found'])
})

test('an invitation of another workspace is nowhere', async () => {
  const { id } = await aLetter(anAddress())
  const other = await aWorkspace(it.api.database)
  for (const [method, end] of [
    ['POST', '/send'],
    ['DELETE', ''],
  ] as const) {
    const answer = await call(method, path(`/${id}${end}`, other), other.ownerId)
    expect(codeOf(answer)).toEqual([404, 'invitation.not_found'])
  }
  expect(await listed()).toHaveLength(1)
})

test('whoever manages people sees who was invited, by whom and until when; others do not', async () => {
  const { id, email } = await aLetter(anAddress())
  expect(await listed()).toEqual([
    {
      id,
      email,
      role: 'member',
      roleId: null,
      invitedBy: 'Olive',
      isBacked: true,
      createdAt: expect.any(String),
      sentAt: expect.any(String),
      expiresAt: expect.any(String),
    },
  ])
  const member = await aMember(it.api.database, workspace, 'member')
  expect((await call('GET', path(), member)).status).toBe(403)
})

test('that somebody was invited is written down with their address and role', async () => {
  const { id, email } = await aLetter(anAddress())
  const after = { email, role: 'member' }
  expect(await told('invitation.create')).toMatchObject([
    { actor_id: owner, target_id: id, target_kind: 'invitation', after },
  ])
})

test('an address with an account and one without are answered alike, after the same questions', async () => {
  const [known, unknown] = [anAddress(), anAddress()]
  await aUser(it.api.database, { email: known })
  async function asked(email: string) {
    const questions: string[] = []
    const note = ({ sql }: { sql: string }) => questions.push(sql)
    it.api.parts.database.on('query', note)
    const { status } = await invite(owner, [email])
    it.api.parts.database.off('query', note)
    return { status, questions: questions.filter((sql) => !sql.startsWith('set local app.ctx')) }
  }
  expect(await asked(known)).toEqual(await asked(unknown))
})

test('who is a member or invited already is named, and then nobody is invited', async () => {
  const [ann, bob, cleo] = [anAddress(), anAddress(), anAddress()]
  await aMember(it.api.database, workspace, 'viewer', { email: ann })
  const isIn = await invite(owner, [bob, ann.toUpperCase()])
  expect(codeOf(isIn)).toEqual([409, 'member.exists'])
  expect(isIn.body.error.details).toEqual({ emails: [ann] })
  expect(await rows()).toEqual([])
  await invite(owner, [bob])
  const isInvited = await invite(owner, [cleo, bob])
  expect(codeOf(isInvited)).toEqual([409, 'invitation.exists'])
  expect(isInvited.body.error.details).toEqual({ emails: [bob] })
})

test('ASVS line 33: whoever invites again with the same key is answered the same, and nobody gets a second letter', async () => {
  const emails = [anAddress(), anAddress()]
  const ask = async (headers: object, body: object = { emails, role: 'member' }) =>
    await it.api.call('POST', path(), { as: owner, headers: { ...headers }, body })
  const key = { 'idempotency-key': newId() }
  const [first, second] = await Promise.all([ask(key), ask(key)])
  expect(first.status).toBe(201)
  expect([second.status, second.body]).toEqual([201, first.body])
  for (const email of emails) await it.tokensTo(email, '/invitation')
  await takeBack(owner, first.body.ids[0])
  expect((await ask(key)).body).toEqual(first.body)
  for (const email of emails) expect(await it.tokensTo(email, '/invitation')).toHaveLength(1)
  expect(await told('invitation.create')).toHaveLength(2)

  const others = [
    { emails, role: 'viewer' },
    { emails: emails.slice(1), role: 'member' },
  ]
  others.push({ emails: [...emails, anAddress()], role: 'member' })
  for (const body of others)
    expect(codeOf(await ask(key, body))).toEqual([422, 'command.key_reused'])
  const newKey = { 'idempotency-key': newId() }
  expect(codeOf(await ask(newKey))).toEqual([409, 'invitation.exists'])
})

test('an address that is named twice is invited once', async () => {
  const email = anAddress()
  expect((await invite(owner, [email, email.toUpperCase()])).body.ids).toHaveLength(1)
})

test('an invitation that is over makes room for a new one', async () => {
  const email = anAddress()
  await invite(owner, [email])
  await rows().update({ expires_at: new Date(0) })
  expect((await invite(owner, [email])).status).toBe(201)
  expect(await listed()).toHaveLength(1)
})

test.each([
  ['wide letters', '\uFF41nn@example.com'],
  ['a letter of another script', '\u0430nn@example.com'],
  ['an i without a dot', 'm\u0131ke@example.com'],
  ['a line break', 'ann@example.com\nbcc: bob@example.com'],
])('an address with %s is refused, and never taken for another', async (_, email) => {
  expect(codeOf(await invite(owner, [email]))).toEqual([400, 'request.invalid'])
})

test('nobody is invited, or too many at once, is refused', async () => {
  const many = Array.from({ length: INVITED_AT_ONCE_MAX + 1 }, anAddress)
  for (const emails of [[], many]) {
    expect(codeOf(await invite(owner, emails))).toEqual([400, 'request.invalid'])
  }
  expect((await invite(owner, [anAddress()], {})).status).toBe(400)
  expect((await invite(owner, [anAddress()], { role: 'custom' })).status).toBe(400)
})

async function manyInvited(count: number, more: object): Promise<void> {
  const invited = Array.from({ length: count }, () => ({
    id: newId(),
    workspace_id: workspace.workspaceId,
    email: anAddress(),
    role: 'viewer',
    invited_by: owner,
    expires_at: new Date(Date.now() + 60_000),
    ...more,
  }))
  await it.api.database('invitations').insert(invited)
}

test('a workspace has so many open invitations and no more', async () => {
  await manyInvited(INVITATIONS_PER_WORKSPACE_MAX - 1, { asked_at: AN_HOUR_AGO })
  const two = [anAddress(), anAddress()]
  expect(codeOf(await invite(owner, two))).toEqual([409, 'invitation.limit'])
  expect((await invite(owner, two.slice(1))).status).toBe(201)
})

test('a workspace sends so many letters in an hour and no more, though invitations are taken back', async () => {
  await manyInvited(INVITATION_LETTERS_PER_HOUR_MAX - 1, { ended_at: new Date() })
  const late = await invite(owner, [anAddress(), anAddress()])
  expect(codeOf(late)).toEqual([429, 'request.too_many'])
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(3_500)
  expect((await invite(owner, [anAddress()])).status).toBe(201)
})

test('a letter is sent again after a while, with a link that ends the one before, and good for longer', async () => {
  const { id, token, email } = await aLetter(anAddress())
  const early = await again(owner, id)
  expect(codeOf(early)).toEqual([429, 'invitation.too_soon'])
  expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(800)
  await rows().update({ asked_at: AN_HOUR_AGO, expires_at: new Date(0) })
  expect((await again(owner, id)).status).toBe(204)
  const [, renewed] = await it.tokensTo(email, '/invitation', 2)
  expect(codeOf(await look(token))).toEqual([410, 'invitation.over'])
  expect((await look(renewed!)).status).toBe(200)
  expect(await told('invitation.renew')).toMatchObject([{ actor_id: owner, target_id: id }])
})

test('nobody’s mailbox is filled by many workspaces', async () => {
  const email = anAddress()
  for (let count = 0; count <= INVITATION_LETTERS_PER_ADDRESS_MAX; count += 1) {
    workspace = await aWorkspace(it.api.database)
    expect((await invite(workspace.ownerId, [email])).status).toBe(201)
    await it.allWritten()
  }
  expect(it.lettersTo(email)).toHaveLength(INVITATION_LETTERS_PER_ADDRESS_MAX)
  expect(await listed(workspace.ownerId)).toMatchObject([{ email, sentAt: null }])
})

test('a letter names who invites and where to, in the language of the browser', async () => {
  const email = anAddress()
  const headers = { 'accept-language': 'de' }
  const body = { emails: [email], role: 'viewer' }
  await it.api.call('POST', path(), { as: owner, body, headers })
  await it.tokensTo(email, '/invitation')
  expect(it.lettersTo(email)[0]).toContain('Olive')
  expect(it.lettersTo(email)[0]).toContain('7 Tagen')
})

test('of a link only the hash is kept', async () => {
  const { token } = await aLetter(anAddress())
  expect(JSON.stringify(await rows())).not.toContain(token)
})

test('a token for programs accepts nothing', async () => {
  const email = anAddress()
  const kim = await aUser(it.api.database, { email })
  const { token } = await aLetter(email)
  const made = await call('POST', '/api/v1/auth/api-tokens', kim, {
    name: 'Robot',
    scope: 'write',
    expiresInDays: 7,
  })
  const answer = await it.api.call('POST', '/api/v1/auth/invitation/accept', {
    body: { token },
    headers: { authorization: `Bearer ${made.body.token}` },
  })
  expect(codeOf(answer)).toEqual([403, 'auth.session_required'])
})

test('a password that is no good is refused, and the link stays good', async () => {
  const { token } = await aLetter(anAddress())
  expect(codeOf(await signUp(token, { password: 'short' }))).toEqual([422, 'password.too_short'])
  expect((await signUp(token)).status).toBe(200)
})

test('invitations are forgotten a week after they are over', async () => {
  const day = 86_400_000
  await manyInvited(1, { expires_at: new Date(Date.now() - 8 * day) })
  await manyInvited(1, { expires_at: new Date(Date.now() - 6 * day) })
  const limits = { name: 'test', connectionsMax: 1, statementLimitMs: 3_000 }
  const worker = openDatabase({ ...limits, url: it.api.urlOf('worker') })
  await purgeInvitations(worker)
  await worker.destroy()
  expect(await rows()).toHaveLength(1)
})

test('without a mail server people are told so, and nobody is invited', async () => {
  const silent = await anApi()
  const { ownerId, workspaceId } = await aWorkspace(silent.database)
  const asked = await silent.call('POST', `/api/v1/workspaces/${workspaceId}/invitations`, {
    as: ownerId,
    body: { emails: [anAddress()], role: 'viewer' },
  })
  expect(codeOf(asked)).toEqual([503, 'mail.not_set_up'])
  expect(await silent.database('invitations')).toEqual([])
  await silent.stop()
})

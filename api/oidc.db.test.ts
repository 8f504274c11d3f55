import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { invitationHash, newInvitationToken } from '#activities/rbac/invitation-token.ts'
import { newId } from '#core/kernel/ids.ts'
import { seal } from '#core/platform/envelope.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { anApiWithMail } from '#tests/support/api-with-mail.ts'
import { anApi, caller, served } from '#tests/support/api.ts'
import { aBrowser } from '#tests/support/browser.ts'
import { aUser, aWorkspace } from '#tests/support/fixtures.ts'
import { anIssuer, type Lies, type Person } from '#tests/support/issuer.ts'
import { makeApp } from './app.ts'
import { openOidc } from './oidc-issuer.ts'

const PUBLIC_URL = 'https://flow.example.com'
const PASSWORD = 'correct horse battery'

let issuer: Awaited<ReturnType<typeof anIssuer>>
let api: Awaited<ReturnType<typeof anApi>>
let passwordHash: string

beforeAll(async () => {
  issuer = await anIssuer()
  api = await anApi({ ...issuer.settings, PUBLIC_URL })
  passwordHash = await hashPassword(PASSWORD)
  return async () => {
    await api.stop()
    await issuer.stop()
  }
})

afterEach(async () => {
  const keys = await api.parts.redis.keys(`${api.parts.config.REDIS_PREFIX}:*`)
  if (keys.length > 0) await api.parts.redis.del(keys)
  for (const lie of Object.keys(issuer.lies)) delete issuer.lies[lie as keyof Lies]
})

const browser = () => aBrowser(api.call)
type Browser = ReturnType<typeof browser>

/** Somebody elsewhere, whose address is theirs. */
function somebody(more: Partial<Person> = {}): Person {
  const email = `${newId()}@example.com`
  return { sub: randomUUID(), email, email_verified: true, name: 'Ann Oduya', ...more }
}

async function anAccount(email: string): Promise<string> {
  return await aUser(api.database, { email, passwordHash })
}

/** Somebody who signs in elsewhere already. */
async function aKnownPerson() {
  const person = somebody()
  const userId = await anAccount(person.email!)
  const { sub: subject, email } = person
  const row = { id: newId(), user_id: userId, issuer: issuer.url, subject, email }
  await api.database('user_identities').insert(row)
  return { person, userId, identityId: row.id }
}

const pathOf = (address: string) => address.replace(PUBLIC_URL, '')
const start = async (person: Browser, query = '') => {
  const { headers } = await person.get(`/api/v1/auth/oidc/start${query}`)
  return headers.get('location')!
}
/** Comes back with an address of the issuer's making; answers which page of ours is shown. */
const arrive = async (person: Browser, back: string) =>
  (await person.get(pathOf(back))).headers.get('location')
const goAndCome = async (person: Browser, who: Person | 'no', query = '') =>
  await arrive(person, await issuer.signIn(await start(person, query), who))
const enter = async (person: Browser) => await person.post('/api/v1/auth/oidc/enter')
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
]
const identities = async (userId: string) =>
  (await api.call('GET', '/api/v1/auth/identities', { as: userId })).body.items

const linesOf = async (target_id: string) =>
  await api.database('audit_log').where({ target_id }).select('action', 'actor_id', 'decision')

test('ASVS line 11: a browser is sent with state, nonce and S256 of a secret it keeps, and back to us alone', async () => {
  const person = browser()
  const url = new URL(await start(person, '?returnTo=/boards/7'))
  expect(url.origin + url.pathname).toBe(`${issuer.url}/authorize`)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'projectflow',
    redirect_uri: `${PUBLIC_URL}/api/v1/auth/oidc/callback`,
    scope: 'openid email profile',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
  const again = new URL(await start(browser()))
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(again.searchParams.get(name)).not.toBe(url.searchParams.get(name))
  }
})

test('ASVS line 19: what a browser keeps on the way is read by no script and kept to TLS', async () => {
  const config = { ...api.parts.config, NODE_ENV: 'production' as const }
  const { url, server } = await served(await makeApp({ ...api.parts, config }))
  const person = aBrowser(caller(url, api.parts))
  await start(person)
  server.closeAllConnections()
  server.close()
  expect(person.set.at(-1)).toMatch(
    /^pf_oidc_trip=[\w-]+; Path=\/api\/v1\/auth\/oidc; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
  )
})

test('who is known there is signed in here, once, and lands where they wanted to be', async () => {
  const { person, userId } = await aKnownPerson()
  const hers = browser()
  expect(await goAndCome(hers, person, '?returnTo=/boards/7%3Fcard=8')).toBe(
    `/oidc?next=${encodeURIComponent('/boards/7?card=8')}`,
  )
  const entered = await enter(hers)
  expect(entered.body).toMatchObject({ accessToken: expect.any(String), user: { id: userId } })
  expect(hers.cookies.get('pf_refresh')).toMatch(/^[\w-]{43}$/)
  expect(codeOf(await enter(hers))).toEqual([400, 'oidc.lost'])
})

test('the address there may change, and who has it then is somebody else', async () => {
  const { person, userId } = await aKnownPerson()
  const hers = browser()
  await goAndCome(hers, { sub: person.sub, email: 'new@example.com' })
  expect((await enter(hers)).body.user.id).toBe(userId)
  const his = browser()
  await goAndCome(his, { ...person, sub: randomUUID() })
  expect(codeOf(await enter(his))).toEqual([409, 'oidc.account_exists'])
})

test('who asked to be remembered is', async () => {
  const { person } = await aKnownPerson()
  const hers = browser()
  await goAndCome(hers, person, '?remember=1')
  expect((await enter(hers)).headers.get('set-cookie')).toContain('Max-Age=2592000')
})

test('who signs in here by two steps is asked for the second', async () => {
  const { person, userId } = await aKnownPerson()
  const on = { user_id: userId, secret: Buffer.from('sealed'), confirmed_at: new Date() }
  await api.database('user_totp').insert(on)
  const hers = browser()
  await goAndCome(hers, person)
  expect((await enter(hers)).body).toEqual({ challenge: expect.any(String), expiresIn: 300 })
  expect(hers.cookies.get('pf_refresh')).toBeUndefined()
})

test('an issuer that tells about people only with the access token is asked so', async () => {
  issuer.lies.isReserved = true
  const person = somebody()
  await anAccount(person.email!)
  const hers = browser()
  await goAndCome(hers, person)
  expect(codeOf(await enter(hers))).toEqual([409, 'oidc.account_exists'])
})

const failed = '/oidc?fault=oidc.failed&next=%2F'
const lost = '/oidc?fault=oidc.lost&next=%2F'

test('ASVS line 11: a state that was swapped is refused', async () => {
  const { person } = await aKnownPerson()
  const hers = browser()
  const back = new URL(await issuer.signIn(await start(hers), person))
  back.searchParams.set('state', new URL(await start(browser())).searchParams.get('state')!)
  expect(await arrive(hers, back.href)).toBe(failed)
  expect(codeOf(await enter(hers))).toEqual([400, 'oidc.lost'])
})

test('ASVS line 11: a nonce that was swapped is refused', async () => {
  const { person } = await aKnownPerson()
  issuer.lies.claims = { nonce: new URL(await start(browser())).searchParams.get('nonce')! }
  expect(await goAndCome(browser(), person)).toBe(failed)
})

test('ASVS line 11: who comes back without a cookie, or with that of another browser, is refused', async () => {
  const { person } = await aKnownPerson()
  const [hers, his] = [browser(), browser()]
  const back = await issuer.signIn(await start(hers), person)
  expect(await arrive(browser(), back)).toBe(lost)
  await start(his)
  expect(await arrive(his, back)).toBe(failed)
  // Nothing was done with the code, so it is still hers.
  expect(await arrive(hers, back)).toBe('/oidc?next=%2F')
})

test('ASVS line 11: a stolen code is good for nothing in a way that somebody else began', async () => {
  const { person } = await aKnownPerson()
  const stolen = new URL(await issuer.signIn(await start(browser()), person))
  const his = browser()
  const back = new URL(await issuer.signIn(await start(his), somebody()))
  back.searchParams.set('code', stolen.searchParams.get('code')!)
  expect(await arrive(his, back.href)).toBe(failed)
})

test('ASVS line 11: a code that comes again is refused, though the cookie was copied', async () => {
  const { person } = await aKnownPerson()
  const hers = browser()
  const address = await start(hers)
  const trip = hers.cookies.get('pf_oidc_trip')!
  const back = await issuer.signIn(address, person)
  expect(await arrive(hers, back)).toBe('/oidc?next=%2F')
  expect(hers.cookies.has('pf_oidc_trip')).toBe(false)
  const his = browser()
  his.cookies.set('pf_oidc_trip', trip)
  expect(await arrive(his, back)).toBe(failed)
})

test('ASVS line 11: a cookie that is over, damaged, of another kind or made up is none', async () => {
  const { person } = await aKnownPerson()
  const hers = browser()
  await goAndCome(hers, person)
  const arrival = hers.cookies.get('pf_oidc')!
  const ring = readKeyring(api.parts.config.MASTER_KEY)
  const held = { state: 's', nonce: 'n', verifier: 'v', returnTo: '/', untilMs: Date.now() - 1 }
  const over = seal(ring, Buffer.from(JSON.stringify(held)), 'pf_oidc_trip').toString('base64url')
  for (const cookie of [over, `${arrival.slice(0, -2)}AA`, arrival, 'made-up', 'A'.repeat(5_000)]) {
    const his = browser()
    his.cookies.set('pf_oidc_trip', cookie)
    expect(await arrive(his, '/api/v1/auth/oidc/callback?code=1&state=s')).toBe(lost)
  }
})

describe('ASVS line 13: refused is', () => {
  const hour = 3_600
  const LIES: readonly (readonly [string, Lies])[] = [
    ['a token of another issuer', { claims: { iss: 'https://elsewhere.example' } }],
    ['an answer that says it is of another issuer', { iss: 'https://elsewhere.example' }],
    ['an answer that does not say whose it is', { iss: null }],
    ['a token for another client', { claims: { aud: 'another' } }],
    ['a token for us and others', { claims: { aud: ['projectflow', 'another'] } }],
    ['a token that is over', { claims: { exp: Math.floor(Date.now() / 1_000) - hour } }],
    ['a token that is of tomorrow', { claims: { nbf: Math.floor(Date.now() / 1_000) + hour } }],
    ['a token nobody signed', { signs: 'not' }],
    ['a token somebody else signed', { signs: 'with another key' }],
    ['a token of nobody', { claims: { sub: '' } }],
    ['a token of a name no database keeps', { claims: { sub: 'ann\0' } }],
  ]
  test.each(LIES)('%s', async (_, lies) => {
    const { person } = await aKnownPerson()
    Object.assign(issuer.lies, lies)
    const hers = browser()
    expect(await goAndCome(hers, person)).toBe(failed)
    expect(codeOf(await enter(hers))).toEqual([400, 'oidc.lost'])
  })
})

test.each([
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/%09/e.example',
])('ASVS line 27: nobody is led to %s afterwards', async (returnTo) => {
  const hers = browser()
  const query = `?returnTo=${returnTo.includes('%') ? returnTo : encodeURIComponent(returnTo)}`
  const { status, body } = await hers.get(`/api/v1/auth/oidc/start${query}`)
  expect(codeOf({ status, body })).toEqual([400, 'request.invalid'])
  expect(hers.cookies.size).toBe(0)
})

test('ASVS line 46: neither code, token, secret nor cookie is written to the log', async () => {
  const lines: string[] = []
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) })
  const parts = { ...api.parts, log, oidc: openOidc(api.parts.config, log) }
  const { url, server } = await served(await makeApp(parts))
  const hers = aBrowser(caller(url, parts))
  const { person } = await aKnownPerson()
  const secrets = [issuer.settings.OIDC_CLIENT_SECRET, person.sub]
  for (const lies of [
    {},
    { claims: { aud: 'another' } },
    { signs: 'not' },
    { claims: { nonce: 'another' } },
    { isDown: true },
  ]) {
    const back = await issuer.signIn(await start(hers), person)
    Object.assign(issuer.lies, lies)
    secrets.push(new URL(back).searchParams.get('code')!, ...hers.cookies.values())
    await arrive(hers, back)
    secrets.push(...hers.cookies.values())
    for (const lie of Object.keys(lies)) delete issuer.lies[lie as keyof Lies]
  }
  server.closeAllConnections()
  server.close()
  expect(lines).toHaveLength(4)
  expect(secrets.filter((secret) => lines.join('').includes(secret))).toEqual([])
})

test('ASVS line 4: the sixth answer in a minute that cannot be believed has to wait, and a right one begins anew', async () => {
  const { person } = await aKnownPerson()
  issuer.lies.signs = 'not'
  const tries = async (count: number) => {
    const told: (string | null)[] = []
    for (let time = 0; time < count; time += 1) told.push(await goAndCome(browser(), person))
    return told
  }
  expect(await tries(4)).toEqual(Array.from({ length: 4 }, () => failed))
  delete issuer.lies.signs
  expect(await tries(1)).toEqual(['/oidc?next=%2F'])
  issuer.lies.signs = 'not'
  const late = '/oidc?fault=auth.too_many_attempts&next=%2F'
  expect(await tries(6)).toEqual([...Array.from({ length: 5 }, () => failed), late])
})

test('ASVS line 47: an answer that cannot be believed stands in the log of the installation', async () => {
  const { person } = await aKnownPerson()
  const lines = () =>
    api.database('audit_log').where({ reason: 'oidc.failed' }).orderBy('id', 'desc').first()
  const before = await lines()
  issuer.lies.claims = { aud: 'another' }
  await goAndCome(browser(), person)
  const line = await lines()
  expect(line.id).not.toBe(before?.id)
  expect(line).toMatchObject({ action: 'session.open', decision: 'denied', actor_id: null })
})

test('who says no there is told so, and why is in no address', async () => {
  expect(await goAndCome(browser(), 'no', '?returnTo=/inbox')).toBe(
    '/oidc?fault=oidc.declined&next=%2Finbox',
  )
})

describe('ASVS line 12: an identity that is not known here', () => {
  test('is refused when its address is not said to be its person’s', async () => {
    for (const email_verified of [false, undefined, 'true' as unknown as boolean]) {
      const person = somebody({ email_verified: email_verified! })
      await anAccount(person.email!)
      const hers = browser()
      await goAndCome(hers, person)
      expect(codeOf(await enter(hers))).toEqual([403, 'oidc.email_unverified'])
      expect(hers.cookies.get('pf_refresh')).toBeUndefined()
    }
  })

  test('is linked to the account of its address only once somebody has signed in to that', async () => {
    const person = somebody()
    const userId = await anAccount(person.email!.toUpperCase())
    const hers = browser()
    await goAndCome(hers, person)
    const refused = await enter(hers)
    expect(codeOf(refused)).toEqual([409, 'oidc.account_exists'])
    expect(refused.body.error.details).toEqual({ email: person.email })
    expect(await identities(userId)).toEqual([])

    const linked = await hers.post('/api/v1/auth/oidc/link', userId)
    expect(linked.status).toBe(204)
    expect(await identities(userId)).toEqual([
      {
        id: expect.any(String),
        issuer: issuer.url,
        email: person.email,
        createdAt: expect.any(String),
      },
    ])
    expect(hers.cookies.has('pf_oidc')).toBe(false)
    const later = browser()
    await goAndCome(later, person)
    expect((await enter(later)).body.user.id).toBe(userId)
  })

  test('is linked to no other account than that of its address', async () => {
    const stranger = await anAccount(`${newId()}@example.com`)
    const hers = browser()
    await goAndCome(hers, somebody())
    const refused = await hers.post('/api/v1/auth/oidc/link', stranger)
    expect(codeOf(refused)).toEqual([403, 'oidc.other_account'])
  })

  test('is not linked by an address that is not said to be its person’s', async () => {
    const person = somebody({ email_verified: false })
    const userId = await anAccount(person.email!)
    const hers = browser()
    await goAndCome(hers, person)
    const refused = await hers.post('/api/v1/auth/oidc/link', userId)
    expect(codeOf(refused)).toEqual([403, 'oidc.other_account'])
  })
})

describe('where anybody may sign up', () => {
  let withMail: Awaited<ReturnType<typeof anApiWithMail>>
  let open: typeof api

  beforeAll(async () => {
    withMail = await anApiWithMail({ ...issuer.settings, SIGN_UP: 'open' })
    open = withMail.api
    return withMail.stop
  })
  const accounts = async (email: string) =>
    await open.database('users').where({ email }).select('id', 'name', 'password_hash')

  test('somebody new gets an account without a password, once', async () => {
    const person = somebody()
    const hers = aBrowser(open.call)
    await goAndCome(hers, { ...person, email: person.email!.toUpperCase() })
    const entered = await enter(hers)
    expect(entered.body.user).toEqual({
      id: expect.any(String),
      name: 'Ann Oduya',
      email: person.email,
    })
    expect(await accounts(person.email!)).toEqual([
      { id: entered.body.user.id, name: 'Ann Oduya', password_hash: null },
    ])
    const lines = open.database('audit_log').where({ target_id: entered.body.user.id })
    expect(await lines.select('action')).toEqual([
      { action: 'account.make' },
      { action: 'session.open' },
    ])
    const again = aBrowser(open.call)
    await goAndCome(again, person)
    expect((await enter(again)).body.user.id).toBe(entered.body.user.id)
  })

  test('ASVS line 8: who can sign in elsewhere from now on is told by mail, once', async () => {
    const person = somebody()
    const userId = await aUser(open.database, { email: person.email!, passwordHash })
    for (let time = 0; time < 2; time += 1) {
      const hers = aBrowser(open.call)
      await goAndCome(hers, person)
      expect((await hers.post('/api/v1/auth/oidc/link', userId)).status).toBe(204)
    }
    await withMail.allWritten()
    const letters = withMail.lettersTo(person.email!)
    expect(letters).toEqual([expect.stringContaining('opens by signing in with Somewhere')])
  })

  test('somebody of no name, or one that cannot be shown, is called as their mailbox is', async () => {
    for (const name of [undefined, '', '\u200b', 'Ann\nOduya', 'A'.repeat(1_000)]) {
      const person = somebody({ name: name! })
      const hers = aBrowser(open.call)
      await goAndCome(hers, person)
      expect((await enter(hers)).body.user.name).toBe(person.email!.split('@')[0])
    }
  })

  test('of two identities that come at once with one address one gets the account', async () => {
    const email = `${newId()}@example.com`
    const both = [aBrowser(open.call), aBrowser(open.call)]
    for (const each of both) await goAndCome(each, somebody({ email }))
    const answers = await Promise.all(both.map(enter))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect(await accounts(email)).toHaveLength(1)
  })

  test('an address with letters of another script is none', async () => {
    const hers = aBrowser(open.call)
    await goAndCome(hers, somebody({ email: '\u0430nn@example.com' }))
    expect(codeOf(await enter(hers))).toEqual([403, 'oidc.email_unverified'])
  })
})

test('where nobody may sign up there is no account for somebody new', async () => {
  const person = somebody()
  const hers = browser()
  await goAndCome(hers, person)
  expect(codeOf(await enter(hers))).toEqual([403, 'oidc.no_account'])
  expect(await api.database('users').where({ email: person.email! })).toEqual([])
})

describe('where nobody may sign up, an invitation', () => {
  /** The token of one to an address. */
  async function invited(email: string, more: object = {}): Promise<string> {
    const { workspaceId, ownerId } = await aWorkspace(api.database)
    const token = newInvitationToken(workspaceId)
    await api.database('invitations').insert({
      id: newId(),
      workspace_id: workspaceId,
      email,
      role: 'member',
      invited_by: ownerId,
      expires_at: new Date(Date.now() + 60_000),
      token_hash: invitationHash(token),
      ...more,
    })
    return token
  }
  const enterWith = async (person: Browser, invitation: string) =>
    await person.post('/api/v1/auth/oidc/enter', undefined, { invitation })

  test('to their verified address lets somebody new make an account, and then accept it', async () => {
    const person = somebody()
    const token = await invited(person.email!)
    const hers = browser()
    await goAndCome(hers, { ...person, email: person.email!.toUpperCase() })
    const { body } = await enterWith(hers, token)
    expect(body.user).toMatchObject({ email: person.email })
    const headers = { authorization: `Bearer ${body.accessToken}` }
    const accept = '/api/v1/auth/invitation/accept'
    expect((await api.call('POST', accept, { body: { token }, headers })).status).toBe(200)
  })

  test('to another address, one that is over, or to an address that is not verified does not', async () => {
    const person = somebody()
    const tokens = [
      await invited(`${newId()}@example.com`),
      await invited(person.email!, { expires_at: new Date(0) }),
      await invited(person.email!, { ended_at: new Date() }),
      'none',
    ]
    for (const token of tokens) {
      const hers = browser()
      await goAndCome(hers, person)
      expect(codeOf(await enterWith(hers, token))).toEqual([403, 'oidc.no_account'])
    }
    const hers = browser()
    await goAndCome(hers, { ...person, email_verified: false })
    const refused = await enterWith(hers, await invited(person.email!))
    expect(codeOf(refused)).toEqual([403, 'oidc.email_unverified'])
    expect(await api.database('users').where({ email: person.email! })).toEqual([])
  })
})

describe('from an account', () => {
  const begin = async (person: Browser, userId: string) =>
    (await person.post('/api/v1/auth/identities/begin', userId)).body.url

  test('any identity is linked, whatever its address, and to nobody but who began', async () => {
    const person = somebody({ email_verified: false })
    const userId = await anAccount(`${newId()}@example.com`)
    const hers = browser()
    const back = await issuer.signIn(await begin(hers, userId), person)
    expect(await arrive(hers, back)).toBe('/oidc?link=1&next=%2Faccount')
    expect(codeOf(await enter(hers))).toEqual([403, 'oidc.other_account'])
    const stranger = await anAccount(person.email!)
    const refused = await hers.post('/api/v1/auth/oidc/link', stranger)
    expect(codeOf(refused)).toEqual([403, 'oidc.other_account'])
    expect((await hers.post('/api/v1/auth/oidc/link', userId)).status).toBe(204)
    const [{ id }] = await identities(userId)
    expect(await linesOf(id)).toEqual([
      { action: 'identity.link', actor_id: userId, decision: 'allowed' },
    ])
  })

  test('an identity of somebody else is not taken from them, nor linked twice', async () => {
    const known = await aKnownPerson()
    const stranger = await anAccount(`${newId()}@example.com`)
    const linkAs = async (userId: string) => {
      const hers = browser()
      await arrive(hers, await issuer.signIn(await begin(hers, userId), known.person))
      return await hers.post('/api/v1/auth/oidc/link', userId)
    }
    expect(codeOf(await linkAs(stranger))).toEqual([409, 'identity.taken'])
    expect((await linkAs(known.userId)).status).toBe(204)
    expect(await identities(known.userId)).toHaveLength(1)
  })

  test('of two accounts that link one identity at once one gets it, and nobody has more than ten', async () => {
    const { lists } = await manyLinks()
    expect(lists.toSorted((a, b) => a - b)).toEqual([204, 409])
    const full = await anAccount(`${newId()}@example.com`)
    const rows = Array.from({ length: 10 }, (_, index) => ({
      id: newId(),
      user_id: full,
      issuer: issuer.url,
      subject: `${full} ${index}`,
    }))
    await api.database('user_identities').insert(rows)
    const hers = browser()
    await arrive(hers, await issuer.signIn(await begin(hers, full), somebody()))
    const refused = await hers.post('/api/v1/auth/oidc/link', full)
    expect(codeOf(refused)).toEqual([409, 'identity.limit'])
  })

  async function manyLinks() {
    const person = somebody()
    const links = [browser(), browser()].map(async (each) => {
      const userId = await anAccount(`${newId()}@example.com`)
      await arrive(each, await issuer.signIn(await begin(each, userId), person))
      return { each, userId }
    })
    const ready = await Promise.all(links)
    const answers = ready.map(({ each, userId }) => each.post('/api/v1/auth/oidc/link', userId))
    return { lists: (await Promise.all(answers)).map(({ status }) => status) }
  }

  test('an identity is taken away, but neither somebody else’s nor the only way in', async () => {
    const { userId, identityId } = await aKnownPerson()
    const other = await anAccount(`${newId()}@example.com`)
    const unlink = async (as: string, id = identityId) =>
      await api.call('DELETE', `/api/v1/auth/identities/${id}`, { as })
    expect(codeOf(await unlink(other))).toEqual([404, 'identity.not_found'])

    await api.database('users').where({ id: userId }).update({ password_hash: null })
    const gone = { id: newId(), user_id: userId, issuer: 'https://gone.example', subject: userId }
    await api.database('user_identities').insert(gone)
    // What nobody can sign in with any more is no way in.
    expect(codeOf(await unlink(userId))).toEqual([409, 'identity.last'])
    expect((await unlink(userId, gone.id)).status).toBe(204)
    expect(codeOf(await unlink(userId))).toEqual([409, 'identity.last'])

    await api.database('users').where({ id: userId }).update({ password_hash: passwordHash })
    expect((await unlink(userId)).status).toBe(204)
    expect(await identities(userId)).toEqual([])
    expect(await linesOf(identityId)).toEqual([
      { action: 'identity.unlink', actor_id: userId, decision: 'allowed' },
    ])
  })

  test('of two last identities that are taken away at once one stays', async () => {
    const { userId, identityId } = await aKnownPerson()
    await api.database('users').where({ id: userId }).update({ password_hash: null })
    const second = { id: newId(), user_id: userId, issuer: issuer.url, subject: userId }
    await api.database('user_identities').insert(second)
    const both = [identityId, second.id].map((id) =>
      api.call('DELETE', `/api/v1/auth/identities/${id}`, { as: userId }),
    )
    const statuses = (await Promise.all(both)).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([204, 409])
  })
})

test('while the issuer is away people are told so, and sign in with their passwords', async () => {
  const away = '/oidc?fault=oidc.away&next=%2F'
  const { person, userId } = await aKnownPerson()
  const elsewhere = await anApi({ ...issuer.settings, PUBLIC_URL })
  const visitor = aBrowser(elsewhere.call)
  issuer.lies.isDown = true
  expect(await start(visitor)).toBe(away)
  issuer.lies.isDown = false
  issuer.lies.saysItIs = 'https://elsewhere.example'
  expect(await start(visitor)).toBe(away)
  delete issuer.lies.saysItIs
  expect(await start(visitor)).toContain(issuer.url)
  await elsewhere.stop()

  const hers = browser()
  const back = await issuer.signIn(await start(hers), person)
  issuer.lies.isDown = true
  expect(await arrive(hers, back)).toBe(away)
  const body = { email: person.email, password: PASSWORD }
  const entered = await api.call('POST', '/api/v1/auth/login', { body })
  expect(entered.body.user.id).toBe(userId)
})

test('an issuer that is not there at all is away', async () => {
  const gone = await anIssuer()
  await gone.stop()
  const elsewhere = await anApi({ ...gone.settings, PUBLIC_URL })
  expect(await start(aBrowser(elsewhere.call))).toBe('/oidc?fault=oidc.away&next=%2F')
  await elsewhere.stop()
})

test('an installation without an issuer says so', async () => {
  const alone = await anApi({ PUBLIC_URL })
  const name = async (of: typeof api) => (await of.call('GET', '/api/v1/auth/oidc')).body
  expect(await name(alone)).toEqual({ name: null })
  expect(await name(api)).toEqual({ name: 'Somewhere' })
  expect(await start(aBrowser(alone.call))).toBe('/oidc?fault=oidc.not_set_up&next=%2F')
  await alone.stop()
})

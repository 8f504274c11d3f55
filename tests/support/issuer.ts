import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { allowPage } from './issuer-page.ts'

export interface Person {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
}

/** How an issuer is to misbehave, until it is told otherwise. */
export interface Lies {
  /** Stand in the token in the place of what is true. */
  claims?: JWTPayload
  signs?: 'not' | 'with another key'
  /** Who the answer says it is from; null, it does not say. */
  iss?: string | null
  /** Who it says it is when it is asked for its settings. */
  saysItIs?: string
  /** Answers nothing but 503. */
  isDown?: boolean
  /** Tells about people only when asked with the access token. */
  isReserved?: boolean
}

interface Grant {
  readonly person: Person
  readonly asked: URLSearchParams
}

const CLIENT = { OIDC_CLIENT_ID: 'projectflow', OIDC_CLIENT_SECRET: randomUUID() }
const TOKEN_LIFE_S = 300

/**
 * A small issuer of OpenID Connect on a port of its own, as strict as real ones are: codes are good
 * once, for who asked, with the verifier. Whoever asks says who they are on a page, without a password.
 */
export async function anIssuer() {
  const [ours, another] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
  const jwk = { ...(await exportJWK(ours.publicKey)), kid: 'ours', alg: 'ES256', use: 'sig' }
  const grants = new Map<string, Grant>()
  const told = new Map<string, Person>()
  const lies: Lies = {}
  let url = ''

  const idToken = async ({ person, asked }: Grant) => {
    const nowS = Math.floor(Date.now() / 1_000)
    const { sub, ...about } = person
    const claims: JWTPayload = {
      iss: url,
      aud: CLIENT.OIDC_CLIENT_ID,
      sub,
      iat: nowS,
      exp: nowS + TOKEN_LIFE_S,
      nonce: asked.get('nonce'),
      ...(!lies.isReserved && about),
      ...lies.claims,
    }
    if (lies.signs === 'not') return new UnsecuredJWT(claims).encode()
    const key = lies.signs ? another.privateKey : ours.privateKey
    return await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'ours' }).sign(key)
  }

  const routes: Record<string, (asked: IncomingMessage, query: URLSearchParams) => Promise<Said>> =
    {
      'GET /.well-known/openid-configuration': async () =>
        json({
          issuer: lies.saysItIs ?? url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          userinfo_endpoint: `${url}/userinfo`,
          jwks_uri: `${url}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256', 'none'],
          code_challenge_methods_supported: ['S256'],
          authorization_response_iss_parameter_supported: true,
        }),
      'GET /jwks': async () => json({ keys: [jwk] }),
      'GET /authorize': async () => ({ status: 200, type: 'text/html', body: allowPage }),
      'POST /authorize': async (request, asked) => {
        const form = new URLSearchParams(await bodyOf(request))
        const back = new URL(asked.get('redirect_uri')!)
        back.searchParams.set('state', asked.get('state')!)
        if (lies.iss !== null) back.searchParams.set('iss', lies.iss ?? url)
        if (form.has('no')) back.searchParams.set('error', 'access_denied')
        else {
          const code = randomUUID()
          grants.set(code, { person: JSON.parse(form.get('person')!), asked })
          back.searchParams.set('code', code)
        }
        return { status: 303, headers: { location: back.href } }
      },
      'POST /token': async (request) => {
        const form = new URLSearchParams(await bodyOf(request))
        const code = form.get('code') ?? ''
        const grant = grants.get(code)
        grants.delete(code)
        if (!grant || !isClient(request) || !isForIt(grant, form)) {
          return json({ error: 'invalid_grant' }, 400)
        }
        const access_token = randomUUID()
        told.set(access_token, grant.person)
        return json({ access_token, token_type: 'Bearer', id_token: await idToken(grant) })
      },
      'GET /userinfo': async ({ headers }) => {
        const person = told.get(headers.authorization?.replace('Bearer ', '') ?? '')
        return person ? json(person) : json({ error: 'invalid_token' }, 401)
      },
    }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, url)
    const answer = lies.isDown ? undefined : routes[`${request.method} ${pathname}`]
    void (answer ? answer(request, searchParams) : Promise.resolve(json({}, 503))).then((said) =>
      send(response, said),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    /** The settings of an installation that it signs people in to. */
    settings: { OIDC_ISSUER: url, OIDC_NAME: 'Somewhere', ...CLIENT },
    lies,
    /** What a browser does that was sent there, with a person who says who they are: it is sent back to this. */
    async signIn(address: string, person: Person | 'no'): Promise<string> {
      const body = new URLSearchParams(
        person === 'no' ? { no: '1' } : { person: JSON.stringify(person) },
      )
      const answer = await fetch(address, { method: 'POST', body, redirect: 'manual' })
      return answer.headers.get('location')!
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Said {
  readonly status: number
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const json = (body: object, status = 200): Said => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
})

function send(response: ServerResponse, { status, type, headers, body }: Said): void {
  response.writeHead(status, { ...(type && { 'content-type': type }), ...headers }).end(body)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function isClient({ headers }: IncomingMessage): boolean {
  const pair = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64')
  const [id, secret] = pair.toString().split(':').map(decodeURIComponent)
  return id === CLIENT.OIDC_CLIENT_ID && secret === CLIENT.OIDC_CLIENT_SECRET
}

function isForIt({ asked }: Grant, form: URLSearchParams): boolean {
  const verifier = form.get('code_verifier') ?? ''
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return (
    asked.get('code_challenge_method') === 'S256' &&
    asked.get('code_challenge') === challenge &&
    asked.get('redirect_uri') === form.get('redirect_uri')
  )
}

import * as oidc from 'openid-client'
import type { z } from 'zod'
import { Email } from '#core/contracts/auth.ts'
import type { ErrorCode } from '#core/contracts/errors.ts'
import { Name } from '#core/contracts/fields.ts'
import type { Refusal } from '#core/kernel/refusal.ts'
import type { Config } from '#core/platform/config.ts'
import type { Log } from '#core/platform/log.ts'
import { API_PREFIX } from './paths.ts'
import { refuse } from './refuse.ts'

/** What the issuer says of itself and its keys is asked for anew after so long. */
const KNOWN_LIFE_MS = 60 * 60 * 1_000
/** Of each request to it. */
const ANSWER_LIMIT_S = 5
/** As the standard has it. */
const SUBJECT = /^[ -~]{1,255}$/

/** What only the browser that began knows; the issuer sees a hash of the verifier. */
export interface Handshake {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Whom the issuer has signed in, once all it says was checked. */
export interface Claims {
  readonly issuer: string
  readonly subject: string
  readonly email: string | null
  /** Whether the issuer says that the address is theirs. */
  readonly isVerified: boolean
  readonly name: string | null
}

/** Who signs people in besides us: the authorization code flow of OpenID Connect, with PKCE. */
export class OidcIssuer {
  /** What people call it. */
  readonly name: string
  readonly address: string
  readonly #log: Log
  readonly #redirectUri: string
  readonly #discover: () => Promise<oidc.Configuration>
  #known: Promise<oidc.Configuration> | undefined
  #knownUntilMs = 0

  constructor(config: Config, log: Log, [clientId, secret]: readonly [string, string]) {
    const { host } = new URL(config.OIDC_ISSUER)
    this.name = config.OIDC_NAME ?? (host === 'accounts.google.com' ? 'Google' : host)
    this.address = config.OIDC_ISSUER
    this.#log = log
    // Never of the host a request names, or whoever asks could have the code sent elsewhere.
    this.#redirectUri = new URL(`${API_PREFIX}/auth/oidc/callback`, config.PUBLIC_URL).href
    this.#discover = async () =>
      await oidc.discovery(new URL(this.address), clientId, {}, authOf(secret), {
        timeout: ANSWER_LIMIT_S,
        execute: [
          oidc.enableNonRepudiationChecks,
          // The configuration takes such an address for this machine alone.
          ...(this.address.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
        ],
      })
  }

  /** Where a browser goes to be signed in, and what to hold against its answer; refuses with oidc.away. */
  async begin(): Promise<{ url: string; handshake: Handshake }> {
    const known = await this.#configuration()
    const handshake = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }
    const url = oidc.buildAuthorizationUrl(known, {
      redirect_uri: this.#redirectUri,
      scope: 'openid email profile',
      state: handshake.state,
      nonce: handshake.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(handshake.verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, handshake }
  }

  /** Whom a browser came back as; refuses with oidc.away, oidc.declined and oidc.failed. */
  async end(search: string, { state, nonce, verifier }: Handshake): Promise<Claims> {
    const known = await this.#configuration()
    try {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier }
      const answer = new URL(search, this.#redirectUri)
      const tokens = await oidc.authorizationCodeGrant(known, answer, checks)
      const claims = tokens.claims()!
      if (!SUBJECT.test(claims.sub)) throw new Error('a subject that is none')
      // An issuer may keep what it was asked for to itself until it is asked with the token.
      const asks = claims['email'] === undefined && known.serverMetadata().userinfo_endpoint
      const told = asks ? await oidc.fetchUserInfo(known, tokens.access_token, claims.sub) : claims
      return {
        issuer: claims.iss,
        subject: claims.sub,
        email: readOrNull(Email, told['email']),
        isVerified: told['email_verified'] === true,
        name: readOrNull(Name, told['name']),
      }
    } catch (error) {
      throw this.#refusal(codeOf(error), error)
    }
  }

  async #configuration(): Promise<oidc.Configuration> {
    if (!this.#known || Date.now() > this.#knownUntilMs) {
      const asked = this.#discover()
      this.#known = asked
      this.#knownUntilMs = Date.now() + KNOWN_LIFE_MS
      // A failure is not kept: the next who comes asks anew.
      asked.catch(() => {
        if (this.#known === asked) this.#known = undefined
      })
    }
    try {
      return await this.#known
    } catch (error) {
      throw this.#refusal('oidc.away', error)
    }
  }

  #refusal(code: ErrorCode, error: unknown): Refusal {
    this.#log.warn(namesOf(error), 'the issuer signed nobody in')
    return refuse(code)
  }
}

/** The issuer of the configuration, or null when there is none. */
export function openOidc(config: Config, log: Log): OidcIssuer | null {
  const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = config
  if (OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined) return null
  return new OidcIssuer(config, log, [OIDC_CLIENT_ID, OIDC_CLIENT_SECRET])
}

/** The secret goes the way the issuer takes it; one that does not say takes it in the header. */
function authOf(secret: string): oidc.ClientAuth {
  const [inBody, inHeader] = [oidc.ClientSecretPost(secret), oidc.ClientSecretBasic(secret)]
  return (server, ...rest) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    return (takes.includes('client_secret_basic') ? inHeader : inBody)(server, ...rest)
  }
}

/** What we could not keep, the issuer has not said. */
const readOrNull = (schema: z.ZodType<string>, value: unknown) =>
  schema.safeParse(value).data ?? null

function codeOf(error: unknown): ErrorCode {
  if (error instanceof oidc.AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'oidc.declined' : 'oidc.failed'
  }
  const { code, cause } = error as { code?: string; cause?: unknown }
  const isSilent = error instanceof TypeError || code === 'OAUTH_TIMEOUT'
  const isDown = cause instanceof Response && cause.status >= 500
  return isSilent || isDown ? 'oidc.away' : 'oidc.failed'
}

/** What is written of a fault: its cause and fields can hold tokens and codes, and stay unsaid. */
function namesOf(error: unknown): object {
  const { message, code, cause } = error as Error & { code?: string }
  return { reason: message, code: code ?? (cause as { code?: string } | undefined)?.code }
}

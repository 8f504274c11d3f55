import type { Session } from '#core/contracts/auth.ts'
import type { Id } from '#core/kernel/ids.ts'
import { ApiError } from './api-error.ts'
import { exchange } from './exchange.ts'
import { keep, kept } from './kept.ts'

const SIGNED_IN = 'signed-in'

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000

/** Of its life, where a connection lasts that it was said on. */
const RENEWED_AFTER = 0.8

let token: string | undefined
let goodUntilMs = 0
let renewAtMs = 0
/** Whose page this is: what it has kept for the server goes out in no other name. */
let ownerId = kept(SIGNED_IN) ?? undefined
let renewing: Promise<string> | undefined
let whenOver: () => void = () => {}

/** `act` is called when the session has ended and only signing in again helps. */
export function onSessionOver(act: () => void): void {
  whenOver = act
}

/** As far as this browser knows: the server may have ended the session meanwhile. */
export function isSignedIn(): boolean {
  return kept(SIGNED_IN) !== null
}

/** Whose page this is, or was last, also when the server cannot be asked; undefined is nobody's yet. */
export function owner(): Id | undefined {
  return ownerId
}

/** Tells the pages of this browser that are opened from now on who is signed in. */
export function keepSignedIn(session: Session | undefined): void {
  keep(SIGNED_IN, session?.user.id ?? null)
}

/** Takes the session somebody signed in to, or forgets the one that was. */
export function setAccess(session: Session | undefined): void {
  keepSignedIn(session)
  ownerId = session?.user.id ?? ownerId
  hold(session)
}

/** The token lives in memory only; what outlasts the page is an httpOnly cookie. */
function hold(session: Session | undefined): void {
  token = session?.accessToken
  goodUntilMs = session ? Date.now() + session.expiresIn * 1_000 : 0
  renewAtMs = session ? Date.now() + session.expiresIn * 1_000 * RENEWED_AFTER : 0
}

/** In how long what lasts wants another token. */
export function renewInMs(): number {
  return Math.max(0, renewAtMs - Date.now())
}

/** A usable access token; `isOver` says that the server refused the last one. */
export async function accessToken(isOver = false): Promise<string> {
  if (token !== undefined && !isOver && Date.now() < goodUntilMs - RENEW_BEFORE_MS) return token
  return await renewedToken()
}

/** A token that was renewed just now, by whoever asked first. */
export async function renewedToken(): Promise<string> {
  renewing ??= renew().finally(() => {
    renewing = undefined
  })
  return await renewing
}

/** Each refresh token is good once, so the tabs of a browser take turns. */
async function renew(): Promise<string> {
  try {
    const session = await inTurn(
      async () => await exchange<Session>({ method: 'POST', path: '/auth/refresh' }),
    )
    refuseOther(session)
    hold(session)
    return session.accessToken
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      hold(undefined)
      whenOver()
    }
    throw error
  }
}

/** The cookie is the browser's: in another tab somebody else may have signed in meanwhile. */
function refuseOther({ user }: Session): void {
  ownerId ??= user.id
  if (user.id === ownerId) return
  throw new ApiError('auth.expired', 'Somebody else has signed in.', { status: 401 })
}

/** Pages that are not served securely have no locks; there a person with two tabs may be asked to sign in. */
async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (!('locks' in navigator)) return await work()
  return await navigator.locks.request('projectflow.refresh', work)
}

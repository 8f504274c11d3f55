import type { Knex } from 'knex'
import { open, seal } from '#core/platform/envelope.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import { replaceRecoveryCodes, spendRecoveryCode } from './recovery-codes.ts'
import { endOtherSessions } from './sessions.ts'
import { newTotpSecret, stepOfCode } from './totp-code.ts'

/**
 * The second step of signing in. A code is tried in a transaction that holds the person's row, so
 * that of a thousand tries at once five count, and of two with the same code one is right.
 *
 * This is one of the doors that write without a workflow, as the first step is.
 */
const TRIES_MAX = 5
const TRIES_WINDOW_S = 5 * 60
const SIX_DIGITS = /^\d{6}$/

interface Totp {
  userId: string
  secret: Buffer
  isOn: boolean
  tries: number
  /** Seconds until the tries count anew. */
  waitS: number
}

/** What came of a code: `off` where there is no second step, or none yet. */
export type CodeAnswer = 'right' | 'wrong' | 'off' | { readonly waitS: number }

const contextOf = (userId: string) => `user_totp/${userId}`

/** Begins to set it up: a secret in base32 that counts once a code of it is confirmed; null when it is on. */
export async function beginTotp(
  database: Knex,
  keyring: Keyring,
  userId: string,
): Promise<string | null> {
  const secret = newTotpSecret()
  const sealed = seal(keyring, Buffer.from(secret), contextOf(userId))
  // What was tried stays counted, or beginning anew would give five tries more.
  const { rowCount } = await database.raw<{ rowCount: number }>(
    `insert into user_totp (user_id, secret) values (?, ?)
     on conflict (user_id) do update set secret = excluded.secret, last_step = 0
     where user_totp.confirmed_at is null`,
    [userId, sealed],
  )
  return rowCount > 0 ? secret : null
}

/**
 * Turns it on when the code is one of the secret begun with, and ends the sessions that began without
 * it; then answers the recovery codes.
 */
export async function confirmTotp(
  database: Knex,
  keyring: Keyring,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string | null },
  code: string,
): Promise<string[] | 'on' | Exclude<CodeAnswer, 'right'>> {
  return await database.transaction(async (trx) => {
    const totp = await lockedTotp(trx, userId)
    if (!totp) return 'off'
    if (totp.isOn) return 'on'
    const answer = await tryCode(trx, keyring, totp, code)
    if (answer !== 'right') return answer
    await trx.raw('update user_totp set confirmed_at = now() where user_id = ?', [userId])
    await endOtherSessions(trx, userId, sessionId)
    return await replaceRecoveryCodes(trx, userId)
  })
}

/** Tries a code of the app or a recovery code; a right one is right once. */
export async function checkCode(
  database: Knex,
  keyring: Keyring,
  userId: string,
  code: string,
): Promise<CodeAnswer> {
  return await whenRight(database, keyring, { userId, code }, async () => 'right' as const)
}

/** New recovery codes in the place of all there are. */
export async function renewRecoveryCodes(
  database: Knex,
  keyring: Keyring,
  userId: string,
  code: string,
): Promise<string[] | Exclude<CodeAnswer, 'right'>> {
  return await whenRight(database, keyring, { userId, code }, (trx) =>
    replaceRecoveryCodes(trx, userId),
  )
}

/** From then on the password alone is enough. */
export async function endTotp(
  database: Knex,
  keyring: Keyring,
  userId: string,
  code: string,
): Promise<CodeAnswer> {
  return await whenRight(database, keyring, { userId, code }, async (trx) => {
    await trx.raw('delete from user_totp where user_id = ?', [userId])
    return 'right' as const
  })
}

/** Does something in the transaction that takes a right code. */
async function whenRight<Result>(
  database: Knex,
  keyring: Keyring,
  { userId, code }: { userId: string; code: string },
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result | Exclude<CodeAnswer, 'right'>> {
  return await database.transaction(async (trx) => {
    const totp = await lockedTotp(trx, userId)
    if (!totp?.isOn) return 'off'
    const answer = await tryCode(trx, keyring, totp, code)
    return answer === 'right' ? await work(trx) : answer
  })
}

async function lockedTotp(trx: Knex.Transaction, userId: string): Promise<Totp | undefined> {
  const { rows } = await trx.raw<{ rows: Totp[] }>(
    `select user_id as "userId", secret, confirmed_at is not null as "isOn",
       case when until > now() then tries else 0 end as tries,
       ceil(extract(epoch from until - now()))::int as "waitS"
     from user_totp, lateral (select tries_from + make_interval(secs => ?) as until) as window_end
     where user_id = ? for update of user_totp`,
    [TRIES_WINDOW_S, userId],
  )
  return rows[0]
}

async function tryCode(
  trx: Knex.Transaction,
  keyring: Keyring,
  totp: Totp,
  written: string,
): Promise<Exclude<CodeAnswer, 'off'>> {
  const { userId, tries, waitS } = totp
  if (tries >= TRIES_MAX) return { waitS }
  const code = written.replaceAll(/[\s-]/g, '').toLowerCase()
  const isRight = SIX_DIGITS.test(code)
    ? await spendStep(trx, keyring, totp, code)
    : totp.isOn && (await spendRecoveryCode(trx, userId, code))
  await trx.raw(
    `update user_totp set tries = :now,
       tries_from = case when :before = 0 then now() else tries_from end where user_id = :userId`,
    { userId, now: isRight ? 0 : tries + 1, before: tries },
  )
  return isRight ? 'right' : 'wrong'
}

/** Whether six digits are of a time after those that were taken before; if so, they are taken. */
async function spendStep(
  trx: Knex.Transaction,
  keyring: Keyring,
  { userId, secret }: Totp,
  code: string,
): Promise<boolean> {
  const step = await stepOfCode(open(keyring, secret, contextOf(userId)).toString(), code)
  if (step === null) return false
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    'update user_totp set last_step = :step where user_id = :userId and last_step < :step',
    { step, userId },
  )
  return rowCount > 0
}

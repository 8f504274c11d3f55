import { createHmac } from 'node:crypto'
import type { Knex } from 'knex'
import { recordOfInstallation, type Happened } from '#activities/audit/queries.ts'
import { userIdByEmail } from '#activities/auth/queries.ts'
import type { Whose } from '#activities/auth/sessions.ts'
import type { ErrorCode } from '#core/contracts/errors.ts'
import type { InstallationAction } from '#core/kernel/installation-actions.ts'
import type { Context } from './context.ts'
import { isFirst, isWorthALine } from './denied-lines.ts'
import type { Parts } from './parts.ts'

interface Asked {
  readonly ctx: Context
  readonly parts: Parts
}

/** What a line says besides where the request came from. */
type Told = Omit<Happened, 'requestId' | 'ip'>

/**
 * Does something and writes down in the installation's log, in the same transaction, what `tell`
 * makes of what came of it; null is no line.
 */
export async function logged<Result>(
  { ctx, parts }: Asked,
  work: (trx: Knex.Transaction) => Promise<Result>,
  tell: (result: Result) => Told | null,
): Promise<Result> {
  return await parts.database.transaction(async (trx) => {
    const result = await work(trx)
    const told = tell(result)
    if (told) await recordIn(trx, ctx, told)
    return result
  })
}

/** Writes down what has happened already, in a transaction of its own. */
export async function logLine({ ctx, parts }: Asked, told: Told): Promise<void> {
  await parts.database.transaction((trx) => recordIn(trx, ctx, told))
}

export async function recordIn(trx: Knex.Transaction, ctx: Context, told: Told): Promise<void> {
  const { requestId, ip } = ctx.state
  await recordOfInstallation(trx, { ...told, requestId, ip })
}

/** A line about a person, by themselves. */
export const ofPerson = (action: InstallationAction, userId: string) => ({
  action,
  actorId: userId,
  targetKind: 'user',
  targetId: userId,
})

/** A line about a session, by whose it is. */
export const ofSession = (action: InstallationAction, { userId, sessionId }: Whose) => ({
  ...ofPerson(action, userId),
  before: { sessionId },
})

/** Writes down what was denied, and why. */
export async function logDenied(
  asked: Asked,
  told: Omit<Told, 'decision' | 'reason'>,
  reason: string,
): Promise<void> {
  if (!(await isWorthALine(asked.parts, told.actorId ?? asked.ctx.state.ip))) return
  await logLine(asked, { ...told, decision: 'denied', reason })
}

/**
 * Writes down that somebody did not get into an account. It names whose that is; one that nobody has
 * is told from others by a number made of the address with our key, so the log learns no address.
 */
export async function logWrongPassword(
  { ctx, parts }: Asked,
  { action, email }: { action: InstallationAction; email: string },
  reason: ErrorCode,
): Promise<void> {
  const isWaiting = reason === 'auth.too_many_attempts'
  // Who is asked to wait gets one line for that time, however often they come.
  if (isWaiting && !(await isFirst(parts, `${email.toLowerCase()} ${ctx.state.ip}`))) return
  if (!(await isWorthALine(parts, ctx.state.ip))) return
  await logged(
    { ctx, parts },
    async (trx) => await userIdByEmail(trx, email),
    (userId) => ({
      action,
      actorId: null,
      decision: 'denied',
      reason,
      targetKind: userId ? 'user' : 'account',
      targetId: userId ?? numberOf(parts.config.COMMAND_KEY, email),
    }),
  )
}

/** A UUID of version 8 (RFC 9562), the same each time for the same address. */
function numberOf(key: string, email: string): string {
  const bytes = createHmac('sha256', key).update(`account ${email.toLowerCase()}`).digest()
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

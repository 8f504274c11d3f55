import { createHash, randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { insertRows } from '#core/platform/insert-rows.ts'

const CODES = 10
/** So many random bits cannot be guessed from a hash, so the hash may be a quick one. */
const CODE_BYTES = 15
const GROUPS = /.{5}(?=.)/g

const hashOf = (code: string) => createHash('sha256').update(code).digest()

/** Puts new codes in the place of all somebody has; only here are they readable. */
export async function replaceRecoveryCodes(
  trx: Knex.Transaction,
  userId: string,
): Promise<string[]> {
  const codes = Array.from({ length: CODES }, () => randomBytes(CODE_BYTES).toString('hex'))
  await trx.raw('delete from recovery_codes where user_id = ?', [userId])
  await insertRows(
    trx,
    'recovery_codes',
    codes.map((code) => ({ user_id: userId, code_hash: `\\x${hashOf(code).toString('hex')}` })),
  )
  return codes.map((code) => code.replaceAll(GROUPS, '$&-'))
}

/** Takes one of somebody's codes, written without what stands between its groups, for good. */
export async function spendRecoveryCode(
  trx: Knex.Transaction,
  userId: string,
  code: string,
): Promise<boolean> {
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    'delete from recovery_codes where user_id = ? and code_hash = ?',
    [userId, hashOf(code)],
  )
  return rowCount > 0
}

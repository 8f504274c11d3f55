import type { Knex } from 'knex'
import type { SecondStepView } from '#core/contracts/second-step.ts'

/** Whether somebody signs in by two steps. */
export async function secondStepOf(database: Knex, userId: string): Promise<SecondStepView> {
  const { rows } = await database.raw<{ rows: SecondStepView[] }>(
    `select exists (select from user_totp where user_id = :userId and confirmed_at is not null) as "isOn",
       (select count(*)::int from recovery_codes where user_id = :userId) as "recoveryCodesLeft"`,
    { userId },
  )
  return rows[0]!
}

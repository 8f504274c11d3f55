import type { Knex } from 'knex'
import type { Seal } from './seal.ts'

const SEALS = (db: Knex) =>
  db<Seal>('audit_seals').select({
    number: 'number',
    leaves: 'leaves',
    root: 'root',
    previous: 'previous',
    hash: 'hash',
    keyId: 'key_id',
    signature: 'signature',
    sealedAt: 'sealed_at',
  })

export async function newestSeal(db: Knex): Promise<Seal | undefined> {
  return (await SEALS(db).orderBy('number', 'desc').limit(1))[0] as Seal | undefined
}

/** At most `sealsMax` seals after one, in order. */
export async function sealsAfter(db: Knex, number: number, sealsMax: number): Promise<Seal[]> {
  return (await SEALS(db).where('number', '>', number).orderBy('number').limit(sealsMax)) as Seal[]
}

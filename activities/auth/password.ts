import { hash, verify } from '@node-rs/argon2'
import { randomUUID } from 'node:crypto'

/** The package's default is Argon2id; this is the strength OWASP asks for: 19 MiB, two passes, one lane. */
const STRENGTH = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** What every hash of that strength begins with (PHC string). */
const BEGINNING = `$argon2id$v=19$m=${STRENGTH.memoryCost},t=${STRENGTH.timeCost},p=${STRENGTH.parallelism}$`

/** Whether a hash was made when less, or something else, was asked for. */
export const isOutdated = (kept: string): boolean => !kept.startsWith(BEGINNING)

/** The hash to keep of a password. */
export async function hashPassword(password: string): Promise<string> {
  return await hash(password, STRENGTH)
}

/** Checked when there is no such user, so that both answers take the same time. */
const nobodys = hashPassword(randomUUID())

/** Whether the password is the one the hash was made of; without a hash it never is. */
export async function isPassword(kept: string | null, password: string): Promise<boolean> {
  const matches = await verify(kept ?? (await nobodys), password)
  return matches && kept !== null
}

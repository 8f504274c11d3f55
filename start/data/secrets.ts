import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './write-whole.ts'

const OWNER_ONLY = 0o600
const SECRET_BYTES = 32

const Secrets = z.object({
  postgresPassword: z.base64url(),
  apiPassword: z.base64url(),
  actionsPassword: z.base64url(),
  workerPassword: z.base64url(),
  collabPassword: z.base64url(),
  AUTH_KEY: z.base64url(),
  COMMAND_KEY: z.base64url(),
  AUDIT_KEY: z.base64url(),
  MASTER_KEY: z.base64url(),
})

export type Secrets = Readonly<z.infer<typeof Secrets>>

/** The secrets of this installation, made when first needed and readable by its owner only. */
export function secrets(folder: string): Secrets {
  const path = join(folder, 'secrets.json')
  const kept: object = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const lacking = Object.keys(Secrets.shape).filter((name) => !(name in kept))
  const made = Object.fromEntries(lacking.map((name) => [name, secret()]))
  const all = Secrets.parse({ ...kept, ...made })
  if (lacking.length > 0) writeWhole(path, all, OWNER_ONLY)
  return all
}

const secret = () => randomBytes(SECRET_BYTES).toString('base64url')

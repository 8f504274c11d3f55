import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { writeWhole } from './write-whole.ts'

const OWNER_ONLY = 0o600
const SECRET_BYTES = 32

const Secrets = z.object({
  postgresPassword: z.base64url(),
  AUTH_KEY: z.base64url(),
  COMMAND_KEY: z.base64url(),
})

export type Secrets = Readonly<z.infer<typeof Secrets>>

/** The secrets of this installation, made at the first start and readable by its owner only. */
export function secrets(folder: string): Secrets {
  const path = join(folder, 'secrets.json')
  if (existsSync(path)) return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')))
  const made = { postgresPassword: secret(), AUTH_KEY: secret(), COMMAND_KEY: secret() }
  writeWhole(path, made, OWNER_ONLY)
  return made
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

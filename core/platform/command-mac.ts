import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** The parts of a command that say who asks for what. */
export interface Asked {
  readonly id: string
  readonly type: string
  readonly actorId: string
  readonly workspaceId: string
  readonly targetId: string
  readonly gestureId?: string
  readonly body: unknown
}

const text = (asked: Asked) =>
  JSON.stringify([
    asked.id,
    asked.type,
    asked.actorId,
    asked.workspaceId,
    asked.targetId,
    asked.gestureId ?? null,
    canonical(asked.body),
  ])

/** SHA-256 of what is asked, leaving out who and under which key: the same key with another hash is misuse. */
export function bodyHash(asked: Asked): Buffer {
  const { type, targetId, body } = asked
  return createHash('sha256')
    .update(JSON.stringify([type, targetId, canonical(body)]))
    .digest()
}

/**
 * Proof that the API accepted the command for this actor: whoever can start a workflow by hand
 * cannot act for somebody. `key` is 32 bytes in base64url.
 */
export function commandMac(key: string, asked: Asked): string {
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(text(asked)).digest('base64url')
}

export function isMac(key: string, asked: Asked, mac: string): boolean {
  const [expected, given] = [Buffer.from(commandMac(key, asked)), Buffer.from(mac)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}

/** The same value whatever the order of its keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  return entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => [key, canonical(member)])
}

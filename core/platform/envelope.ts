import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { KEY_ID_BYTES, type Key, type Keyring } from './keyring.ts'

/**
 * A sealed value, in bytes: form (1), id of the master key (8), salt (32), the value's own key as
 * wrapped by the master key (60), and the value as sealed by its own key (28 more than it has).
 */
const FORM = 1
const SALT_AT = 1 + KEY_ID_BYTES
const SALT_BYTES = 32
const WRAPPED_AT = SALT_AT + SALT_BYTES
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const BODY_AT = WRAPPED_AT + IV_BYTES + KEY_BYTES + TAG_BYTES
/** More than Temporal takes in one payload. */
const SEALED_BYTES_MAX = 4 * 1024 * 1024
const CIPHER = 'aes-256-gcm'

/**
 * `seal.wrong_key`: sealed with a key that is not in the keyring. `seal.damaged`: changed since, or
 * sealed for another context. `seal.too_large`: over 4 MB.
 */
export class SealError extends Error {
  readonly code: 'seal.wrong_key' | 'seal.damaged' | 'seal.too_large'

  constructor(code: SealError['code'], message: string) {
    super(message)
    this.name = 'SealError'
    this.code = code
  }
}

/**
 * Seals a value with AES-256-GCM under a key of its own, which the current master key wraps.
 * `context` says whose value it is, as in `user_totp/<user id>`; it is not kept, and the value
 * opens under the same context only, so nobody can move it to another row.
 */
export function seal(keyring: Keyring, plain: Uint8Array, context: string): Buffer {
  if (plain.length > SEALED_BYTES_MAX - BODY_AT - IV_BYTES - TAG_BYTES) throw tooLarge()
  const key = randomBytes(KEY_BYTES)
  return Buffer.concat([wrap(keyring.current, key), encrypt(key, plain, Buffer.from(context))])
}

/** The value that was sealed. Throws a SealError and tells nothing of the value in it. */
export function open(keyring: Keyring, sealed: Uint8Array, context: string): Buffer {
  if (sealed.length > SEALED_BYTES_MAX) throw tooLarge()
  return decrypt(unwrap(keyring, sealed), sealed.subarray(BODY_AT), Buffer.from(context))
}

/** The same sealed value under the current master key; the value itself is not opened for it. */
export function rewrap(keyring: Keyring, sealed: Uint8Array): Buffer {
  return Buffer.concat([wrap(keyring.current, unwrap(keyring, sealed)), sealed.subarray(BODY_AT)])
}

/** The id of the master key a value is sealed with. */
export function keyIdOf(sealed: Uint8Array): string {
  if (sealed.length < BODY_AT + IV_BYTES + TAG_BYTES || sealed[0] !== FORM) throw damaged()
  return Buffer.from(sealed.subarray(1, SALT_AT)).toString('hex')
}

function wrap(master: Key, key: Buffer): Buffer {
  const head = Buffer.concat([
    Buffer.of(FORM),
    Buffer.from(master.id, 'hex'),
    randomBytes(SALT_BYTES),
  ])
  return Buffer.concat([head, encrypt(wrappingKey(master, head), key, head)])
}

function unwrap(keyring: Keyring, sealed: Uint8Array): Buffer {
  const id = keyIdOf(sealed)
  const master = keyring.byId.get(id)
  if (!master)
    throw new SealError('seal.wrong_key', `It is sealed with key ${id}, not one of ours.`)
  const head = sealed.subarray(0, WRAPPED_AT)
  return decrypt(wrappingKey(master, head), sealed.subarray(WRAPPED_AT, BODY_AT), head)
}

/** One for each value: a master key used directly would wear out after 2^32 random nonces. */
function wrappingKey(master: Key, head: Uint8Array): Buffer {
  return createHmac('sha256', master.bytes).update('projectflow wrap').update(head).digest()
}

function encrypt(key: Buffer, plain: Uint8Array, context: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(context)
  const body = [cipher.update(plain), cipher.final()]
  return Buffer.concat([iv, ...body, cipher.getAuthTag()])
}

function decrypt(key: Buffer, sealed: Uint8Array, context: Uint8Array): Buffer {
  const body = sealed.subarray(IV_BYTES, -TAG_BYTES)
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(context).setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch {
    throw damaged()
  }
}

const damaged = () =>
  new SealError('seal.damaged', 'It was changed since it was sealed, or sealed for another place.')
const tooLarge = () => new SealError('seal.too_large', 'A sealed value may have at most 4 MB.')

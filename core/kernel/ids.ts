/** Lower-case text of a uuid, as Postgres prints it. */
export type Id = string

/**
 * A new uuid version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so that ids made
 * later sort later and index pages stay warm. Works in Node and in browsers.
 */
export function newId(nowMs = Date.now()): Id {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let rest = nowMs
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

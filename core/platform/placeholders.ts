/** What manuals and examples put where a secret belongs, in lower case without punctuation. */
const WORDS = new Set(
  (
    'changeme changethis changeit replaceme todo example secret password passwd placeholder default ' +
    'admin root test postgres projectflow temporal redis guest letmein 123456 12345678 qwerty'
  ).split(' '),
)
const TELLING =
  /change.?(?:me|this|it)|replace.?(?:me|this)|placeholder|example|your.?(?:secret|key)/i
/** A key of 32 random bytes has about 30 different letters in 43; fewer than this is no accident. */
const LETTERS_MIN = 12

/** Whether a key is one that somebody typed and nobody drew. */
export function isMadeUpKey(key: string): boolean {
  return new Set(key).size < LETTERS_MIN || saysItIsNone(key)
}

/** Whether a text says of itself that something else belongs there. */
export const saysItIsNone = (text: string): boolean => TELLING.test(text)

/** Whether the password in an address is one that everybody knows. An address without one passes. */
export function hasKnownPassword(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { password } = new URL(address)
  const plain = password.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return password !== '' && (WORDS.has(plain) || TELLING.test(password))
}

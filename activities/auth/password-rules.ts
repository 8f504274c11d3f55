import { dictionary } from '@zxcvbn-ts/language-common'
import type { ErrorCode } from '#core/contracts/errors.ts'

/** Those who attack try these first: 49,000 that people chose most. */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'])
const DIFFERENT_CHARS_MIN = 5
/** A shorter name or word is part of too much else. */
const CONTEXT_CHARS_MIN = 4
const PRODUCT = 'projectflow'
/** What people put before and behind a word to make it a password. */
const TRIMMINGS = /^[^\p{L}]+|[^\p{L}]+$/gu

interface Owner {
  readonly name: string
  readonly email: string
}

/** Why a password may not be somebody's, or null. What it is made of is free, so is its length upwards. */
export function passwordFault(
  password: string,
  { name, email }: Owner,
  charsMin: number,
): ErrorCode | null {
  const chars = Array.from(password)
  if (chars.length < charsMin) return 'password.too_short'
  const lower = password.toLowerCase()
  const isPlain = new Set(chars).size < DIFFERENT_CHARS_MIN
  if (isPlain || COMMON.has(lower) || COMMON.has(lower.replaceAll(TRIMMINGS, ''))) {
    return 'password.too_common'
  }
  const [mailbox = ''] = email.split('@')
  const context = [PRODUCT, mailbox, ...name.split(/\s+/)]
  const isPersonal = context.some(
    (word) => word.length >= CONTEXT_CHARS_MIN && lower.includes(word.toLowerCase()),
  )
  return isPersonal ? 'password.personal' : null
}

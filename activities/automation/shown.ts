const TEXT_CHARS_MAX = 8 * 1024
const TELLTALE = /authorization|cookie|token|secret|password|api-?key/i

/** What a step was given, as people may see it: without what looks like a secret, and not too long. */
export function shown(value: unknown): unknown {
  const text = JSON.stringify(value, (name, each: unknown) =>
    TELLTALE.test(name) && typeof each === 'string' ? '•••' : each,
  )
  if (text === undefined) return null
  if (text.length <= TEXT_CHARS_MAX) return JSON.parse(text)
  return { cut: `${text.slice(0, TEXT_CHARS_MAX)}…` }
}

import { refuse } from './refuse.ts'

/**
 * The parameters behind the question mark. Refuses a name given twice, because whoever checks one
 * of the values may not be who uses the other, and bytes that are not UTF-8.
 */
export function readQuery(text: string): Record<string, string> {
  const found = new Map<string, string>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const [name = '', ...rest] = pair.split('=')
    const key = decode(name)
    if (found.has(key)) throw refuse('request.invalid', { query: [`${key} is given twice`] })
    found.set(key, decode(rest.join('=')))
  }
  return Object.fromEntries(found)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw refuse('request.invalid', { query: ['is not UTF-8'] })
  }
}

/** `steps.ask.by[0].name`: names and numbers, as they are asked of a value one after the other. */
export type Path = readonly (string | number)[]

const PART = /^(?:\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,6})\])/
const PARTS_MAX = 20

/** The parts of a path, or null when the text is none. */
export function parsePath(text: string): Path | null {
  const parts: (string | number)[] = []
  let rest = text.trim()
  if (rest.startsWith('.') || rest.startsWith('[')) return null
  while (rest !== '') {
    const found = PART.exec(rest)
    if (!found || parts.length >= PARTS_MAX) return null
    parts.push(found[1] ?? Number(found[2]))
    rest = rest.slice(found[0].length)
  }
  return parts.length > 0 ? parts : null
}

/** What lies at the end of a path; undefined when there is nothing. Only own values are seen. */
export function valueAt(scope: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined
  }, scope)
}

import { asText, FILTERS, type Filter, type FilterName } from './filters.ts'
import { FILLED_CHARS_MAX } from './limits.ts'
import { parsePath, valueAt, type Path } from './path.ts'
import { sizeOf } from './size-of.ts'

/** A text between holes, or a hole: a value and what is done to it. */
export type Part = string | Hole
interface Hole {
  readonly path: Path
  readonly filters: readonly { readonly name: FilterName; readonly argument: string | undefined }[]
}

const HOLE = /\{\{([^{}]*)\}\}/g
const FILTER = /^\s*([a-z]+)\s*(?::\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?\s*$/

export const isTemplate = (text: string): boolean => text.includes('{{')

/** The parts of a template, or what is wrong with it, as a sentence. */
export function parseTemplate(text: string): Part[] | string {
  const parts: Part[] = []
  let from = 0
  for (const found of text.matchAll(HOLE)) {
    const hole = parseHole(found[1]!)
    if (typeof hole === 'string') return hole
    if (found.index > from) parts.push(text.slice(from, found.index))
    parts.push(hole)
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push(text.slice(from))
  const open = parts.some((part) => typeof part === 'string' && /\{\{|\}\}/.test(part))
  return open
    ? 'Write a value as {{ path }} or {{ path | filter }}, with both pairs of braces.'
    : parts
}

function parseHole(text: string): Hole | string {
  const [value = '', ...rest] = text.split('|')
  const path = parsePath(value)
  if (!path) return `«${value.trim()}» is no path: write names with dots, as in card.title.`
  const filters = rest.map((each) => FILTER.exec(each))
  const at = filters.findIndex((each) => !each || !Object.hasOwn(FILTERS, each[1]!))
  if (at !== -1) {
    return `There is no filter «${rest[at]!.trim()}»: use one of ${Object.keys(FILTERS).join(', ')}.`
  }
  return {
    path,
    filters: filters.map((each) => ({
      name: each![1] as FilterName,
      argument: each![2] ?? each![3] ?? each![4],
    })),
  }
}

/**
 * A template with its holes filled in. One that is a single hole gives the value itself, a list
 * or a number as it is; else what comes out is a text. What is not there is empty. Throws when it
 * comes to more than the limit.
 */
export const fillTemplate = (text: string, scope: unknown): unknown =>
  new Filling(scope).template(text)

/** A value in which every text that is a template is filled in, however deep it lies; with one limit for all. */
export const fillAll = (value: unknown, scope: unknown): unknown => new Filling(scope).all(value)

class Filling {
  readonly #scope: unknown
  #left = FILLED_CHARS_MAX

  constructor(scope: unknown) {
    this.#scope = scope
  }

  template(text: string): unknown {
    const parts = parseTemplate(text)
    // Published flows hold none that does not parse; whatever else comes is taken as it stands.
    if (typeof parts === 'string') return text
    if (parts.length === 1 && typeof parts[0] === 'object') return this.#hole(parts[0])
    return parts
      .map((part) => (typeof part === 'string' ? part : asText(this.#hole(part))))
      .join('')
  }

  all(value: unknown): unknown {
    if (typeof value === 'string') return isTemplate(value) ? this.template(value) : value
    if (Array.isArray(value)) return value.map((each) => this.all(each))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, each]) => [key, this.all(each)] as const)
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined))
  }

  #hole({ path, filters }: Hole): unknown {
    let value = valueAt(this.#scope, path)
    for (const { name, argument } of filters) {
      // One can put a text between all of a list …
      if (Array.isArray(value)) this.#fits(value.length * (argument?.length ?? 0))
      value = (FILTERS[name] as Filter)(value, argument)
      // … and make one twice as long, again and again. What is left of a long list is what counts.
      this.#fits(sizeOf(value, this.#left))
    }
    const size = sizeOf(value, this.#left)
    this.#fits(size)
    this.#left -= size
    return value
  }

  #fits(size: number): void {
    if (size <= this.#left) return
    throw new Error(
      `What is filled in may hold ${FILLED_CHARS_MAX / 1024} KB, all together: put in less.`,
    )
  }
}

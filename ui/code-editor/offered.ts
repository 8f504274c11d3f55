/** By the name of each global of the engine: its own names, and those of each value it makes. */
export type Engine = Readonly<
  Record<string, { readonly own: readonly string[]; readonly each: readonly string[] }>
>

export interface Offer {
  readonly name: string
  readonly kind: 'input' | 'global' | 'member' | 'keyword' | 'word'
  /** What it is of, or what it is given. */
  readonly detail: string
}

const MAKERS = ['Array', 'String', 'Number', 'Map', 'Set', 'Date', 'RegExp', 'Promise']
const KEYWORDS =
  'const let function return if else for while do break continue switch case default of in new ' +
  'typeof try catch finally throw true false null class'
const NAME = /^[A-Za-z_$][\w$]*$/
const DETAIL_CHARS_MAX = 60

/**
 * What may come next in code, of which `before` is what stands before the caret: a name within
 * `input` or a global of the engine, a method of some value, or a word.
 */
export function offered(before: string, code: string, input: unknown, engine: Engine): Offer[] {
  const path = /([\w$.]*)\.[\w$]*$/.exec(before)?.[1]
  if (path === undefined) return words(before, code, engine)
  const [root = '', ...names] = path.split('.')
  if (root === 'input') {
    const value = names.reduce<unknown>((held, name) => inside(held)[name], input)
    const own = Object.entries(inside(value)).map(([name, held]) => ({
      name,
      kind: 'input' as const,
      detail: (JSON.stringify(held) ?? '').slice(0, DETAIL_CHARS_MAX),
    }))
    if (own.length > 0) return own.filter(({ name }) => NAME.test(name))
  }
  if (names.length === 0 && Object.hasOwn(engine, root)) return members(engine[root]!.own, root)
  return methods(engine)
}

const inside = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const members = (names: readonly string[], of: string): Offer[] =>
  names
    .filter((name) => NAME.test(name) && name !== 'constructor')
    .map((name) => ({ name, kind: 'member', detail: of }))

/** Of values nobody knows the kind of: each name once, with the kinds that have it. */
function methods(engine: Engine): Offer[] {
  const all = MAKERS.flatMap((maker) => members(engine[maker]?.each ?? [], maker))
  const byName = Map.groupBy(all, ({ name }) => name)
  return Array.from(byName, ([name, same]) => ({
    name,
    kind: 'member',
    detail: same.map(({ detail }) => detail).join(', '),
  }))
}

function words(before: string, code: string, engine: Engine): Offer[] {
  const own = /[\w$]*$/.exec(before)![0]
  const keywords = KEYWORDS.split(' ').map((name) => offer(name, 'keyword'))
  const globals = Object.keys(engine).map((name) => offer(name, 'global'))
  const known = [offer('input', 'input'), ...keywords, ...globals]
  const taken = new Set([own, ...known.map(({ name }) => name)])
  const written = new Set(code.match(/[A-Za-z_$][\w$]{2,}/g)).difference(taken)
  return [...known, ...Array.from(written, (name) => offer(name, 'word'))]
}

const offer = (name: string, kind: Offer['kind']): Offer => ({ name, kind, detail: '' })

import { matchesGlob, posix, relative, sep } from 'node:path'
import { ARROWS } from './arrows.ts'

type Import = { specifier: string; typesOnly: boolean }

/** The folders behind the package imports that start with `#`. */
const ROOTS = /^#(core|engine|activities|api|collab|migrations|start|tests)\//

/** Why `file` may not import this, or nothing when it may. Paths are relative to the root. */
export function wall(file: string, { specifier, typesOnly }: Import): string | undefined {
  const arrow = ARROWS.find(({ from }) => matches(file, from))
  if (!arrow) return `${file} is in no folder of tests/house/arrows.ts: give it a row there.`
  const target = resolve(file, specifier)
  if (matches(target, arrow.may)) return undefined
  if (typesOnly && matches(target, arrow.mayTypes ?? [])) return undefined
  return `${file} may not import ${target}. ${arrow.door}`
}

function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matchesGlob(path, glob))
}

function resolve(file: string, specifier: string): string {
  const path = specifier.split('?')[0] ?? specifier
  if (path.startsWith('.')) return posix.join(posix.dirname(file), path)
  if (ROOTS.test(path)) return path.slice(1)
  if (path.startsWith('@/')) return `ui/src/${path.slice(2)}`
  return /^(node|virtual):/.test(path) ? path : `npm:${packageName(path)}`
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

type Node = {
  source?: { value: unknown } | null
  importKind?: string
  exportKind?: string
}
type Context = {
  filename: string
  cwd: string
  report(problem: { node: Node; message: string }): void
}

/** The same as a rule of the linter, so that the editor says it while one types. */
const rule = {
  create(context: Context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/')
    const check = (node: Node) => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      const typesOnly = node.importKind === 'type' || node.exportKind === 'type'
      const message = wall(file, { specifier, typesOnly })
      if (message) context.report({ node, message })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

// The linter takes a plugin as a default export.
export default { meta: { name: 'house' }, rules: { boundaries: rule } }

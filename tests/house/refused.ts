import { join } from 'node:path'
import ts from 'typescript'
import { nodesOf } from './sources.ts'

const ROOT = join(import.meta.dirname, '../..')

/** By action, the codes its handler can refuse with, as the type checker reads the lists. */
export function refusedCodes(...lists: string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT)
  const paths = lists.map((path) => join(ROOT, path))
  const program = ts.createProgram(paths, options)
  const checker = program.getTypeChecker()
  const lines = paths.flatMap((path) =>
    [...nodesOf(program.getSourceFile(path)!)].filter(ts.isPropertyAssignment),
  )
  return new Map(
    lines.map(({ name, initializer }) => [
      (name as ts.StringLiteral).text,
      refusedBy(checker, initializer),
    ]),
  )
}

/** The codes of all refusals in what a piece of code calls, and in what that calls. */
function refusedBy(checker: ts.TypeChecker, start: ts.Node): ReadonlySet<string> {
  const codes = new Set<string>()
  const seen = new Set<ts.Node>()
  const read = (node: ts.Node) => {
    if (seen.has(node)) return
    seen.add(node)
    for (const each of nodesOf(node)) {
      const code = codeOf(each)
      if (code !== undefined) codes.add(code)
      if (ts.isIdentifier(each)) for (const used of ours(checker, each)) read(used)
    }
  }
  read(start)
  return codes
}

function codeOf(node: ts.Node): string | undefined {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'Refusal') return undefined
  const [code] = node.arguments ?? []
  return code && ts.isStringLiteral(code) ? code.text : undefined
}

/** The functions and values of our own that a name stands for. */
function ours(checker: ts.TypeChecker, name: ts.Identifier): ts.Node[] {
  const symbol = checker.getSymbolAtLocation(name)
  if (!symbol) return []
  const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
  const { declarations = [] } = isAlias ? checker.getAliasedSymbol(symbol) : symbol
  return declarations.filter(
    (node) =>
      (ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node)) &&
      !node.getSourceFile().fileName.includes('/node_modules/'),
  )
}

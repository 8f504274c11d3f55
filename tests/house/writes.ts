import ts from 'typescript'
import { lineOf, nodesOf, type Source } from './sources.ts'

export interface Write {
  readonly table: string
  readonly path: string
  readonly line: number
}

/** The methods of Knex and Objection that change rows. */
const CHANGES = new Set(
  'insert insertGraph update patch patchAndFetch upsert delete del truncate increment decrement merge'.split(
    ' ',
  ),
)
const SQL =
  /\b(?:insert\s+into|update(?:\s+only)?|delete\s+from|truncate(?:\s+table)?|merge\s+into)\s+"?(?:public\.)?"?(\w+)/gi

/** Every place where files change one of `tables`: by SQL, a Knex chain or an Objection model. */
export function writesIn(files: readonly Source[], tables: ReadonlySet<string>): Write[] {
  const models = modelsIn(files)
  return files.flatMap((file) =>
    [...nodesOf(file.tree)].flatMap((node) =>
      tablesWrittenBy(node, models)
        .filter((table) => tables.has(table))
        .map((table) => ({ table, path: file.path, line: lineOf(file, node) })),
    ),
  )
}

function tablesWrittenBy(node: ts.Node, models: ReadonlyMap<string, string>): string[] {
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || isTemplateRest(node)) {
    return Array.from(node.text.matchAll(SQL), ([, table]) => table!.toLowerCase())
  }
  if (!ts.isCallExpression(node)) return []
  const { expression } = node
  if (ts.isIdentifier(expression) && expression.text === 'insertRows')
    return textOf(node.arguments[1])
  if (!ts.isPropertyAccessExpression(expression) || !CHANGES.has(expression.name.text)) return []
  return beginningOf(expression).flatMap((part) =>
    ts.isIdentifier(part) ? (models.get(part.text) ?? []) : textOf(part),
  )
}

/** What a chain of calls begins with: `Card` of Card.query(), `'cards'` of trx('cards'). */
function beginningOf(chain: ts.Expression): ts.Expression[] {
  const found: ts.Expression[] = []
  let at = chain
  while (ts.isPropertyAccessExpression(at) || ts.isCallExpression(at)) {
    if (ts.isCallExpression(at)) found.push(...at.arguments)
    at = at.expression
  }
  return [at, ...found]
}

/** The table of each Objection model, by the name of its class. */
function modelsIn(files: readonly Source[]): Map<string, string> {
  const classes = files.flatMap(({ tree }) => [...nodesOf(tree)].filter(ts.isClassDeclaration))
  return new Map(
    classes.flatMap(({ name, members }) => {
      const table = members.find((member) => member.name?.getText() === 'tableName')
      if (!name || !table || !ts.isPropertyDeclaration(table)) return []
      return textOf(table.initializer).map((text) => [name.text, text] as const)
    }),
  )
}

const textOf = (node: ts.Expression | undefined): string[] =>
  node && ts.isStringLiteralLike(node) ? [node.text] : []

const isTemplateRest = (node: ts.Node) => ts.isTemplateMiddle(node) || ts.isTemplateTail(node)

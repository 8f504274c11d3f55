import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { parsed } from './sources.ts'

const ROOT = new URL('../..', import.meta.url).pathname

/** What a file imports for its values, at once; styles aside. */
function importsOf(path: string): string[] {
  const { tree } = parsed(path, readFileSync(ROOT + path, 'utf8'))
  return tree.statements
    .filter((each) => ts.isImportDeclaration(each))
    .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text)
    .filter((wanted) => !wanted.endsWith('.css'))
}

/** The packages a file brings with it, whoever of ours imports them. */
function packagesOf(path: string, seen = new Set<string>()): string[] {
  if (seen.has(path)) return []
  seen.add(path)
  return importsOf(path).flatMap((wanted) => {
    if (wanted.startsWith('#')) return packagesOf(wanted.slice(1), seen)
    if (wanted.startsWith('.')) return packagesOf(posix.join(posix.dirname(path), wanted), seen)
    return [`${path} imports ${wanted}`]
  })
}

test('what asks for a board before all else is read brings no package with it', () => {
  expect(packagesOf('ui/src/main.ts')).toEqual([])
})

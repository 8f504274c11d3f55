import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'

const ALL = '{activities,api,collab,core,engine,migrations,start,tests}/**/*.ts'
const ROOT = new URL('../..', import.meta.url).pathname

/** A file of the server's code, parsed. */
export interface Source {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

/** The server's code and its tests, or the part of it that `pattern` names. */
export function sources(pattern = ALL): Source[] {
  const paths = globSync(pattern, { cwd: ROOT }).sort()
  return paths.map((path) => parsed(path, readFileSync(ROOT + path, 'utf8')))
}

export function parsed(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

export const isTest = ({ path }: Source): boolean =>
  path.startsWith('tests/') || path.endsWith('.test.ts')

/** Every node of a file, outer ones first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  for (const child of node.getChildren()) yield* nodesOf(child)
}

/** The line a node begins on, as editors count. */
export function lineOf({ tree }: Source, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart()).line + 1
}

import ts from 'typescript'
import { lineOf, nodesOf, type Source } from './sources.ts'

const FUNCTION_LINES_GOAL = 40
const NAMED = 10

/** How large files and functions are, as a few lines to read; nothing depends on it. */
export function sizeReport(files: readonly Source[]): string {
  const lines = files
    .map((file) => ({ what: file.path, lines: file.text.split('\n').length - 1 }))
    .sort((a, b) => a.lines - b.lines)
  const at = (share: number) => lines[Math.floor((lines.length - 1) * share)]?.lines
  const functions = files
    .flatMap(functionsOf)
    .filter(({ lines: size }) => size > FUNCTION_LINES_GOAL)
    .sort((a, b) => b.lines - a.lines)
  const list = (rows: typeof lines) => rows.map((row) => `\n  ${row.lines}  ${row.what}`).join('')
  return [
    `${lines.length} files: median ${at(0.5)} lines, p90 ${at(0.9)}; the longest:`,
    list(lines.slice(-NAMED).reverse()),
    `\n${functions.length} functions over ${FUNCTION_LINES_GOAL} lines${list(functions)}`,
  ].join('')
}

function functionsOf(file: Source): { what: string; lines: number }[] {
  return [...nodesOf(file.tree)].filter(ts.isFunctionLike).flatMap((node) => {
    if (!('body' in node) || !node.body) return []
    const first = lineOf(file, node)
    const { line: last } = file.tree.getLineAndCharacterOfPosition(node.getEnd())
    return [{ what: `${file.path}:${first}`, lines: last + 2 - first }]
  })
}

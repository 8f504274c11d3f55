import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Row } from './row.ts'
import type { Summary } from './summary.ts'

const FOLDER = 'bench-results'
const HEADINGS = ['what', 'ours', 'floor', 'ratio', 'reach', 'met', 'times: ours | floor']

/** Prints the rows as a table and writes them to `bench-results/NAME.json`. */
export function report(name: string, rows: readonly Row[]): void {
  const lines = [HEADINGS, ...rows.map(cells)]
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  console.log(`\n${name}`)
  for (const line of lines) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
  }
  mkdirSync(FOLDER, { recursive: true })
  const results = rows.map(({ what, ours, floor, ratio, reach, met }) => {
    return { what, ours, floor, ratio, reach, met }
  })
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(results, null, 2)}\n`)
}

function cells({ what, ours, floor, ratio, reach, met, times }: Row): string[] {
  const both = [times?.ours, times?.floor].filter((each) => each !== undefined).map(inWords)
  const figures = [ours, floor, ratio].map((each) => (each === null ? '' : short(each)))
  return [what, ...figures, reach, met ? 'yes' : 'NO', both.join(' | ')]
}

const inWords = ({ n, p50, p95, p99 }: Summary) =>
  `n ${n} p50 ${short(p50)} p95 ${short(p95)} p99 ${short(p99)}`

/** Three digits that matter. */
function short(figure: number): string {
  if (Math.abs(figure) >= 100) return Math.round(figure).toLocaleString('en')
  return String(Number(figure.toPrecision(3)))
}

import { availableParallelism, loadavg } from 'node:os'
import { automations } from './benches/automations.ts'
import { boardRead } from './benches/board-read.ts'
import { cardActions } from './benches/card-actions.ts'
import { collab } from './benches/collab.ts'
import { identity } from './benches/identity.ts'
import { live } from './benches/live.ts'
import { sealedPayloads } from './benches/sealed-payloads.ts'
import { ui } from './benches/ui.ts'
import { report } from './report.ts'
import type { Row } from './row.ts'
import { onStage, type Stage } from './stage.ts'

const BENCHES: Readonly<Record<string, (stage: Stage) => Promise<Row[]>>> = {
  'board-read': boardRead,
  live,
  collab,
  ui,
  identity,
  automations,
  'card-actions': cardActions,
  'sealed-payloads': sealedPayloads,
}

/** A benchmark alone keeps about two processes per core waiting. */
const BUSY_LOAD_PER_CORE = 3

/** Runs the benchmarks named on the command line, or all, and judges nothing by its exit code. */
async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !(name in BENCHES))
  if (unknown.length > 0) throw new Error(`There is no benchmark called ${unknown.join(', ')}.`)
  const names = Object.keys(BENCHES).filter((name) => wanted.length === 0 || wanted.includes(name))
  await onStage(names.includes('ui'), async (stage) => {
    for (const name of names) {
      console.log(`\n── ${name}`)
      report(name, await BENCHES[name]!(stage))
      sayIfBusy()
    }
  })
}

/** Others on the machine take time from both sides, but not from both alike. */
function sayIfBusy(): void {
  const [load, cores] = [loadavg()[0]!, availableParallelism()]
  if (load < cores * BUSY_LOAD_PER_CORE) return
  console.log(
    `The machine was busy (load ${load.toFixed(1)} on ${cores} cores): run it again alone.`,
  )
}

try {
  await main(process.argv.slice(2))
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}

import { availableParallelism } from 'node:os'
import { STAGES } from './run/stages.ts'
import type { Tally } from './run/tally.ts'
import { runStep } from './run/step.ts'

/**
 * Runs the stages named on the command line, or all of them, one after the other, and stops
 * after the first that fails. The last line is `N passed, N failed`.
 */
async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !STAGES.some((stage) => stage.name === name))
  if (unknown.length > 0) throw new Error(`There is no stage called ${unknown.join(', ')}.`)
  const stages = STAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))

  const total: Tally = { passed: 0, failed: 0 }
  for (const { name, steps, abreast } of stages) {
    console.log(`\n── ${name}`)
    const queue = [...steps]
    const lane = async () => {
      for (let step = queue.shift(); step; step = queue.shift()) {
        const { passed, failed } = await runStep(step, abreast === 1)
        total.passed += passed
        total.failed += failed
      }
    }
    const lanes = Math.min(abreast, availableParallelism())
    await Promise.all(Array.from({ length: lanes }, lane))
    if (total.failed > 0) break
  }

  process.exitCode = total.failed > 0 ? 1 : 0
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
}

await main(process.argv.slice(2))

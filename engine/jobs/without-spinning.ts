import { STEPS_IN_A_ROW_MAX } from '#core/flows/limits.ts'
import { Interrupted } from '../nodes/failures.ts'
import type { RunPorts } from './run-ports.ts'

const SPINNING = 'steps-in-a-row'

/**
 * The same world, in which a run ends as failed when it goes through more steps than the limit without
 * doing anything or waiting: loops within loops would hold up the whole worker, for no end of time.
 */
export function withoutSpinning(ports: RunPorts): RunPorts {
  let inARow = 0
  return {
    now: () => ports.now(),
    random: () => ports.random(),
    patched: (change) => ports.patched(change),
    act(asked) {
      inARow = 0
      return ports.act(asked)
    },
    wait(ms, ready) {
      inARow = 0
      return ports.wait(ms, ready)
    },
    report(line) {
      ports.report(line)
      if (line.status === 'started') inARow += 1
      // Runs of before went on; only of one that comes to the limit does the history tell.
      if (inARow <= STEPS_IN_A_ROW_MAX || !ports.patched(SPINNING)) return
      inARow = 0
      // No step may catch it and go on.
      const message = `It went through ${STEPS_IN_A_ROW_MAX} steps in a row without doing anything: let its loops go round less often.`
      throw new Interrupted({ kind: 'stopped', as: 'failed', message })
    },
  }
}

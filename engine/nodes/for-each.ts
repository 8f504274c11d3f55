import { FOR_EACH_ITEMS_MAX } from '#core/flows/limits.ts'
import { Interrupted, StepFailure } from './failures.ts'
import { blockOf, type Behaviour, type Frame, type Here, type NodeTools } from './node.ts'
import { settle } from './settle.ts'

/** What became of each round: `n`ot done yet, `d`one, `f`ailed. */
type Rounds = ('n' | 'd' | 'f')[]

export const forEach: Behaviour = async (here, run) => {
  const { local, step } = here
  local['items'] ??= itemsOf(run.fill(step.with['items'], here))
  const items = local['items'] as unknown[]
  local['rounds'] ??= items.map(() => 'n')
  const rounds = local['rounds'] as Rounds
  const left = items.keys().filter((index) => rounds[index] === 'n')
  const lanes = Array.from({ length: step.with['atOnce'] as number }, () =>
    doInTurn(here, run, left, rounds),
  )
  await settle(lanes)
  return { count: items.length, failed: rounds.filter((each) => each === 'f').length }
}

function itemsOf(value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw new StepFailure(
      'flow.value_invalid',
      'What it should go through is no list: choose one that an earlier step gives.',
    )
  }
  if (value.length <= FOR_EACH_ITEMS_MAX) return value
  const message = `It goes through ${FOR_EACH_ITEMS_MAX} at most, and these are ${value.length}: find fewer.`
  throw new StepFailure('flow.items_limit', message)
}

/** Does one round after the other, until none is left or one has failed. */
async function doInTurn(
  here: Here,
  run: NodeTools,
  left: Iterator<number>,
  rounds: Rounds,
): Promise<void> {
  for (let next = left.next(); !next.done; next = left.next()) {
    rounds[next.value] = await doRound(here, run, next.value).catch((error: unknown) => {
      if (error instanceof Interrupted || !here.step.with['skipFailures']) {
        // Nobody begins another round.
        left.return?.()
        throw error
      }
      run.forget(blockOf(here, 'do'), frameOf(here, next.value as number))
      return 'f'
    })
  }
}

async function doRound(here: Here, run: NodeTools, index: number): Promise<'d'> {
  const steps = blockOf(here, 'do')
  const frame = frameOf(here, index)
  await run.doSteps(steps, frame)
  run.forget(steps, frame)
  return 'd'
}

function frameOf({ frame, key, local }: Here, index: number): Frame {
  const item = (local['items'] as unknown[])[index]
  return { ...frame, prefixes: [...frame.prefixes, `${key}[${index}].`], loop: { item, index } }
}

import type { Output } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { VERBATIM } from '#core/flows/verbatim.ts'

/** What a step is given: its holes filled in, but for what is taken as it is written. */
export function filled(
  { type, with: params }: Pick<Step, 'type' | 'with'>,
  fill: (value: unknown) => unknown,
): Output {
  const verbatim = VERBATIM[type] ?? []
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      verbatim.includes(name) ? value : fill(value),
    ]),
  ) as Output
}

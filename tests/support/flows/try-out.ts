import { FlowRun } from '#engine/jobs/flow-run.ts'
import type { RunPorts } from '#engine/jobs/run-ports.ts'
import type {
  Act,
  Acted,
  RunEnd,
  RunInput,
  RunState,
  StepReport,
} from '#core/contracts/flows/run.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import { VirtualClock } from './virtual-clock.ts'

export interface Happens {
  /** After the beginning of the run. */
  readonly afterMs: number
  readonly does: (run: FlowRun) => void
}

export interface World {
  /** What an act answers; throws what makes it fail. Without it, every act gives `{}`. */
  readonly act?: (asked: Act) => Partial<Acted> | void
  readonly happens?: readonly Happens[]
  readonly input?: Partial<RunInput>
  /** Goes on from a checkpoint, written down and read again, after every step. */
  readonly checkpoints?: boolean
}

export interface TriedOut {
  readonly end: RunEnd
  readonly acts: Act[]
  readonly reports: StepReport[]
  readonly state: RunState
  /** How long it took, by the virtual clock. */
  readonly tookMs: number
  readonly suspensions: number
}

export const CARD = { id: 'card-1', boardId: 'board-1', title: 'Fix login', points: 3, labels: [] }
const ACT_MS = 10

const CAUSE = { type: 'card.moved', at: '2026-01-05T09:00:00.000Z', actorId: 'ann' }

/** Runs a flow on the interpreter alone, with a clock that only goes on when nothing else does. */
export async function tryOut(flow: Flow, world: World = {}): Promise<TriedOut> {
  const clock = new VirtualClock()
  const acts: Act[] = []
  const reports: StepReport[] = []
  const startMs = clock.nowMs
  let current: FlowRun
  const ports: RunPorts = {
    async act(asked) {
      acts.push(asked)
      await clock.wait(ACT_MS)
      return { output: {}, cards: 1, ...world.act?.(asked) }
    },
    wait: async (ms, ready) => await clock.wait(ms, ready),
    now: () => clock.nowMs,
    random: () => 0.5,
    patched: () => true,
    report(line) {
      reports.push(line)
      if (world.checkpoints && line.status !== 'started') current.suspend()
    },
  }
  const input = { runId: 'run-1', flowId: 'flow-1', trigger: CAUSE, card: CARD, chain: [] }
  const make = (state?: RunState) =>
    (current = new FlowRun(flow, { ...input, ...world.input }, ports, state))
  for (const { afterMs, does } of world.happens ?? []) {
    void clock.wait(afterMs).then(() => does(current))
  }
  let suspensions = 0
  let end = await clock.until(make().run())
  while (end === 'suspended') {
    suspensions += 1
    end = await clock.until(make(JSON.parse(JSON.stringify(current!.state)) as RunState).run())
  }
  const { state } = current!
  return { end, acts, reports, state, tookMs: clock.nowMs - startMs, suspensions }
}

import { computed, ref, type Ref, shallowRef, watch } from 'vue'
import type { NewTry, Sample, TriedView } from '#core/contracts/flows/samples.ts'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import type { RunView } from '#core/contracts/flows/views.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import type { Id } from '#core/kernel/ids.ts'
import { get, request } from '../shell/http.ts'
import { keep, kept } from '../shell/kept.ts'
import { useAttempt } from '../shell/use-attempt.ts'
import type { DrawnFlow } from '#core/contracts/flows/drawn.ts'

export type TriedStep = TriedView['steps'][number]
export type Answer = 'yes' | 'no' | 'nobody'
type Pins = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What waits until somebody or something answers, so that whoever tries it says how. */
const ANSWERED = new Set(['approval', 'wait-for-event', 'flow.call'])

/** A try waits for the engine as long as a flow takes. */
const ONCE = { attemptsMax: 1 }

/** Trying the flow that is drawn: on what, how it is answered, what is pinned, and what came of it. */
export function useTrying(flowId: () => Id, flow: Ref<DrawnFlow>, flush: () => Promise<void>) {
  const { busy, fault, attempt } = useAttempt()
  const samples = shallowRef<readonly Sample[]>()
  const sample = shallowRef<Sample>()
  const answers = ref<Record<string, Answer>>({})
  const pins = shallowRef<Pins>({})
  const tried = shallowRef<TriedView>()
  /** What was tried, to tell that it has changed since. */
  const triedFlow = shallowRef<DrawnFlow>()
  /** Whether what is shown is no try, but how a run went. */
  const isReplay = ref(false)
  /** Looking at what others have drawn makes a flow anew that is the same. */
  const isOld = computed(
    () =>
      tried.value !== undefined &&
      triedFlow.value !== flow.value &&
      canonicalJson(triedFlow.value) !== canonicalJson(flow.value),
  )

  const steps = computed(() => {
    const { steps: all, onFailure = [] } = flow.value
    return placedSteps({ steps: [...all], onFailure: [...onFailure] }).map(({ step }) => step)
  })
  const answered = computed(() => steps.value.filter(({ type }) => ANSWERED.has(type)))

  /** How a step came out the last time, in a loop its last round. */
  const resultOf = (stepId: string): TriedStep | undefined =>
    tried.value?.steps.findLast((each) => each.stepId === stepId)

  /** What a step gave or is pinned to give. */
  const outputOf = (stepId: string) => pins.value[stepId] ?? resultOf(stepId)?.output ?? undefined

  /** What starts the flow, as it was when the samples were read. */
  let lookedFor = ''

  /** Reads what the flow can be tried on, unless that is known, and chooses: the same again, or the newest. */
  async function look(isAnew = false): Promise<void> {
    const trigger = JSON.stringify(flow.value.trigger)
    if (!isAnew && lookedFor === trigger) return
    lookedFor = trigger
    await flush()
    const { items } = await get<{ items: Sample[] }>(`/flows/${flowId()}/samples`)
    samples.value = items
    sample.value = items.find((each) => same(each, sample.value)) ?? sample.value ?? items[0]
  }

  /** Shows how a run went, and tries the flow on what set it off. */
  async function replay(runId: Id): Promise<void> {
    const [run] = await Promise.all([get<RunView>(`/runs/${runId}`), look(true)])
    const { startedAt: at, cause, card } = run
    const about = { trigger: { type: cause.type }, card, actor: cause.actor?.name ?? null }
    sample.value = samples.value?.find(({ ref }) => ref.kind === 'run' && ref.runId === runId) ?? {
      ref: { kind: 'run', runId },
      at,
      ...about,
    }
    tried.value = asTried(run, sample.value)
    triedFlow.value = flow.value
    isReplay.value = true
  }

  async function ask(more: Partial<NewTry>): Promise<TriedView> {
    await flush()
    const ref = sample.value?.ref ?? { kind: 'given' as const, given: {} }
    const body = { sample: ref, pins: pins.value, answers: answers.value, ...more }
    return await request<TriedView>('POST', `/flows/${flowId()}/try`, { body, ...ONCE })
  }

  /** Goes through the whole flow. */
  async function go(): Promise<void> {
    await attempt(async () => {
      const before = flow.value
      tried.value = await ask({})
      triedFlow.value = before
      isReplay.value = false
    })
  }

  /** Tries one step alone, on what the steps before it gave the last time, or are pinned to give. */
  async function goOne(only: string): Promise<void> {
    await attempt(async () => {
      const before = flow.value
      const known = steps.value.map(({ id }) => [id, outputOf(id)] as const)
      const given = known.filter(([id, output]) => id !== only && output !== undefined)
      const one = await ask({ only, pins: Object.fromEntries(given) as NewTry['pins'] })
      const others = tried.value?.steps.filter(({ stepId }) => stepId !== only) ?? []
      tried.value = { ...one, steps: [...others, ...one.steps] }
      triedFlow.value = before
    })
  }

  function pin(stepId: string, output: Pins[string] | undefined): void {
    const { [stepId]: _, ...others } = pins.value
    pins.value = output ? { ...others, [stepId]: output } : others
    keep(keyOf(), Object.keys(pins.value).length > 0 ? JSON.stringify(pins.value) : null)
  }

  const keyOf = () => `pins.${flowId()}`
  watch(
    flowId,
    () => {
      samples.value = sample.value = tried.value = fault.value = undefined
      lookedFor = ''
      answers.value = {}
      pins.value = JSON.parse(kept(keyOf()) ?? '{}') as Pins
    },
    { immediate: true },
  )
  return {
    busy,
    fault,
    samples,
    sample,
    answers,
    answered,
    pins,
    tried,
    isOld,
    isReplay,
    resultOf,
    outputOf,
    look,
    replay,
    go,
    goOne,
    pin,
  }
}

/** How a run went, as if it had been tried. */
function asTried({ id, status, steps }: RunView, { trigger, card }: Sample): TriedView {
  const all = steps.map(
    ({ stepId, key, type, label, input, output, error, startedAt: at, ...step }) => {
      const failure = (error ?? null) as TriedStep['error']
      const gave = (output ?? null) as TriedStep['output']
      const came = step.status === 'failed' ? ('failed' as const) : ('done' as const)
      const how = 'did' as const
      return {
        key,
        stepId,
        type,
        label,
        status: came,
        how,
        input,
        output: gave,
        error: failure,
        at,
      }
    },
  )
  const error = all.findLast((each) => each.status === 'failed')?.error ?? null
  const end = status === 'failed' || status === 'cancelled' ? status : ('done' as const)
  return { runId: id, status: end, error, trigger, card, steps: all }
}

const same = (one: Sample, other: Sample | undefined) =>
  other !== undefined && JSON.stringify(one.ref) === JSON.stringify(other.ref)

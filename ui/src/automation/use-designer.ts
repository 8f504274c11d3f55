import { computed, inject, type InjectionKey, provide, ref, shallowRef, watch } from 'vue'
import { checkFlow } from '#core/contracts/flows/check-flow.ts'
import { nodeOf } from '#core/contracts/flows/check-step.ts'
import type { Problem } from '#core/contracts/flows/problem.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import type { FlowView } from '#core/contracts/flows/views.ts'
import { placedSteps } from '#core/contracts/flows/walk.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get } from '../shell/http.ts'
import { useSession } from '../shell/session.ts'
import { drawn, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import {
  blockOf,
  copies,
  insert,
  newStep,
  remove,
  replace,
  shift,
  TRIGGER,
  type Place,
} from './draft.ts'
import { useHistory } from './history.ts'
import { useDraftSaving } from './use-draft-saving.ts'
import { useFlowComments } from './use-flow-comments.ts'
import { useFlowPresence } from './use-flow-presence.ts'
import { useResources } from './use-resources.ts'
import { useTrying } from './use-trying.ts'

/** Steps that were copied, for whatever flow they are put into next. */
const clipboard = shallowRef<readonly Step[]>([])

/** The flow that is drawn on this page: what it is, what is chosen in it, and what can be done. */
export function useDesigner(flowId: () => Id) {
  const session = useSession()
  const view = shallowRef<FlowView>()
  const mayDraw = computed(
    () => view.value !== undefined && session.can('board.configure', view.value.projectId),
  )
  const fault = shallowRef<ApiError>()
  const history = useHistory<DrawnFlow>(drawn({}))
  const { value: flow, change } = history
  const selected = ref<string>(TRIGGER)
  const { resources, load: loadResources } = useResources()
  const saving = useDraftSaving({
    view,
    history,
    renamed: (names) => (selected.value = names.get(selected.value) ?? selected.value),
  })
  const comments = useFlowComments(view, saving.flush)
  const others = useFlowPresence(
    { view, selected, comments: comments.all },
    {
      draft: () => void saving.lookAtOthers(),
      comments: () => void comments.load().catch(() => {}),
    },
  )
  const trying = useTrying(flowId, flow, saving.flush)

  const problems = computed<readonly Problem[]>(() => {
    const checked = checkFlow(flow.value)
    return 'problems' in checked ? checked.problems : []
  })
  const placed = computed(() =>
    placedSteps({ steps: [...flow.value.steps], onFailure: [...(flow.value.onFailure ?? [])] }),
  )
  const step = computed(() => placed.value.find(({ step: one }) => one.id === selected.value)?.step)

  function placeOf(stepId: string): Place | undefined {
    const path = placed.value.find(({ step: one }) => one.id === stepId)?.path
    const cut = path?.lastIndexOf('/')
    return path && cut ? { block: path.slice(0, cut), at: Number(path.slice(cut + 1)) } : undefined
  }

  async function load(): Promise<void> {
    try {
      const read = await get<FlowView>(`/flows/${flowId()}`)
      view.value = read
      history.reset(drawn(read.draft))
      saving.begin()
      fault.value = undefined
      await loadResources(read.projectId, read.boardId).catch(() => {})
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  function draw(next: DrawnFlow, what = ''): void {
    if (mayDraw.value) change(next, what)
  }

  function add(place: Place, type: string): void {
    const { blocks } = nodeOf(type) ?? {}
    const must = blocks?.kind === 'fixed' ? blocks.must : []
    const names = blocks?.kind === 'any' ? ['one', 'two'] : must
    const made = newStep(flow.value, type, names, comments.stepIds.value)
    draw(insert(flow.value, place, [made]))
    selected.value = made.id
  }

  function edit(stepId: string, next: Step, what = ''): void {
    const place = placeOf(stepId)
    if (place) draw(replace(flow.value, place, next), what && `${stepId}/${what}`)
  }

  /** Takes a step out; what stands beside it is chosen next. */
  function drop(stepId: string): void {
    const place = placeOf(stepId)
    if (!place) return
    const beside = blockOf(flow.value, place.block)
    draw(remove(flow.value, place))
    selected.value = (beside[place.at + 1] ?? beside[place.at - 1])?.id ?? TRIGGER
  }

  function move(stepId: string, by: 1 | -1): void {
    const place = placeOf(stepId)
    if (place) draw(shift(flow.value, place, by))
  }

  function copy(stepId: string): void {
    const found = placed.value.find(({ step: one }) => one.id === stepId)
    if (found) clipboard.value = [found.step]
  }

  function paste(place: Place): void {
    const made = copies(flow.value, clipboard.value, comments.stepIds.value)
    if (made.length === 0) return
    draw(insert(flow.value, place, made))
    selected.value = made[0]!.id
  }

  /** Where something that is added with a step chosen goes: behind it, or to the beginning. */
  const behind = (stepId: string): Place => {
    const place = placeOf(stepId)
    return place ? { block: place.block, at: place.at + 1 } : { block: 'steps', at: 0 }
  }

  watch(flowId, load, { immediate: true })
  const designer = {
    view,
    fault,
    flow,
    history,
    selected,
    step,
    placed,
    problems,
    resources,
    clipboard,
    saving,
    others,
    comments,
    trying,
    mayDraw,
    load,
    draw,
    add,
    edit,
    drop,
    move,
    copy,
    paste,
    behind,
  }
  provide(KEY, designer)
  return designer
}

export type Designer = ReturnType<typeof useDesigner>
const KEY: InjectionKey<Designer> = Symbol('designer')

/** The designer around a component. */
export const useOpenDesigner = (): Designer => inject(KEY)!

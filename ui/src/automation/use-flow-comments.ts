import { computed, shallowRef, watch, type Ref } from 'vue'
import type { FlowComment, FlowComments } from '#core/contracts/flows/comments.ts'
import type { ProjectMember } from '#core/contracts/members.ts'
import type { FlowView } from '#core/contracts/flows/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { mentionsIn } from '../components/mentions.ts'
import { getAll } from '../shell/get-all.ts'
import { get, request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'
import { useSession } from '../shell/session.ts'
import { TRIGGER } from './draft.ts'

/** What people say to each other about the flow; `flush` keeps the draft, so that its steps are known. */
export function useFlowComments(view: Ref<FlowView | undefined>, flush: () => Promise<void>) {
  const session = useSession()
  const all = shallowRef<FlowComments>()
  const people = shallowRef<readonly ProjectMember[]>([])
  const mayComment = computed(
    () => view.value !== undefined && session.can('comment.write', view.value.projectId),
  )
  const items = computed(() => all.value?.items ?? [])
  /** Ids that name what was said of: no other step takes one of them. */
  const stepIds = computed(() => items.value.flatMap(({ stepId }) => stepId ?? []))

  const path = () => `/flows/${view.value!.id}/comments`
  /** Those on a step, or on what starts the flow. */
  const on = (step: string) => items.value.filter(({ stepId }) => (stepId ?? TRIGGER) === step)
  const openOn = (step: string) => on(step).filter(({ settled }) => !settled).length

  async function load(): Promise<void> {
    const id = view.value?.id
    const read = await get<FlowComments>(path())
    if (view.value?.id === id) all.value = read
  }

  /** Answers whether it was done. */
  async function change(write: () => Promise<unknown>): Promise<boolean> {
    const isDone = (await save(() => write().then(() => true))) ?? false
    await load().catch(() => {})
    return isDone
  }

  async function add(step: string, text: string): Promise<boolean> {
    await flush()
    const on = step === TRIGGER ? {} : { stepId: step }
    const body = { ...on, text, mentions: mentionsIn(text, people.value) }
    return await change(() => request('POST', path(), { body }))
  }

  async function edit({ id }: FlowComment, text: string): Promise<boolean> {
    const body = { text, mentions: mentionsIn(text, people.value) }
    return await change(() => request('PUT', `${path()}/${id}`, { body }))
  }

  const remove = async ({ id }: FlowComment) =>
    await change(() => request('DELETE', `${path()}/${id}`))
  const settle = async ({ id, settled }: FlowComment) =>
    await change(() => request('POST', `${path()}/${id}/${settled ? 'reopen' : 'resolve'}`))

  async function begin(id: Id | undefined): Promise<void> {
    all.value = undefined
    if (!id) return
    await load()
    people.value = await getAll<ProjectMember>(`/projects/${view.value!.projectId}/members`)
  }
  watch(
    () => view.value?.id,
    (id) => void begin(id).catch(() => {}),
    { immediate: true },
  )

  return { all, items, people, stepIds, mayComment, on, openOn, load, add, edit, remove, settle }
}

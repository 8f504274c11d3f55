import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Colour } from '#core/contracts/fields.ts'
import type { LabelView } from '#core/contracts/views.ts'
import { newId, type Id } from '#core/kernel/ids.ts'
import { act } from '../shell/act.ts'
import { getAll } from '../shell/get-all.ts'
import { offerUndo, save } from '../shell/saves.ts'

export interface LabelChanges {
  readonly name?: string
  readonly colour?: Colour
}

/** The labels of one project and what can be done with them. */
export function useLabels(projectId: Id) {
  const { t } = useI18n()
  const labels = shallowRef<readonly LabelView[]>([])
  const sorted = computed(() => labels.value.toSorted((a, b) => a.name.localeCompare(b.name)))

  async function load(): Promise<void> {
    labels.value = await getAll<LabelView>(`/projects/${projectId}/labels`)
  }

  function put(label: LabelView): void {
    labels.value = [...labels.value.filter(({ id }) => id !== label.id), label]
  }

  function drop(label: LabelView): void {
    labels.value = labels.value.filter(({ id }) => id !== label.id)
  }

  /** Throws what the server refuses; the form tells it beside its fields. */
  async function create(name: string, colour: Colour): Promise<void> {
    const { label } = await act('label.create', projectId, { name, colour })
    put(label)
  }

  async function edit(label: LabelView, changes: LabelChanges): Promise<void> {
    const key = newId()
    await save(async () => await act('label.edit', label.id, changes, { key }), {
      paint: () => put({ ...label, ...changes }),
      unpaint: () => put(label),
    })
  }

  async function remove(label: LabelView): Promise<void> {
    const key = newId()
    const done = await save(async () => await act('label.delete', label.id, {}, { key }), {
      paint: () => drop(label),
      unpaint: () => put(label),
    })
    if (done) offerUndo(t('projects.labelDeleted', { name: label.name }), () => void recover(label))
  }

  async function recover(label: LabelView): Promise<void> {
    const key = newId()
    await save(async () => await act('label.recover', label.id, {}, { key }), {
      paint: () => put(label),
      unpaint: () => drop(label),
    })
  }

  return { sorted, load, create, edit, remove }
}

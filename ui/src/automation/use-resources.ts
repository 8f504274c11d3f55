import { shallowReactive } from 'vue'
import type { FlowHead } from '#core/contracts/flows/views.ts'
import type { ListedMember } from '#core/contracts/members.ts'
import type { BoardSummary, LabelView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { getAll } from '../shell/get-all.ts'
import { get } from '../shell/http.ts'
import { useSession } from '../shell/session.ts'

export interface Choice {
  readonly value: string
  readonly text: string
  /** Where it belongs, when there are more of its name. */
  readonly hint?: string
}

/** What steps name by id, as people call it. */
export interface Resources {
  readonly columns: readonly Choice[]
  readonly labels: readonly Choice[]
  readonly members: readonly Choice[]
  readonly boards: readonly Choice[]
  readonly flows: readonly Choice[]
}

interface Column {
  readonly id: Id
  readonly boardId: Id
  readonly name: string
}

/** Reads what the steps of a project's flows can name; what cannot be read stays empty. */
export function useResources() {
  const session = useSession()
  const resources = shallowReactive<{ -readonly [Name in keyof Resources]: Resources[Name] }>({
    columns: [],
    labels: [],
    members: [],
    boards: [],
    flows: [],
  })

  async function load(projectId: Id, boardId: Id | null): Promise<void> {
    const workspaceId = session.workspace?.id
    const [boards, columns, labels, members, flows] = await Promise.all([
      getAll<BoardSummary>(`/projects/${projectId}/boards`),
      get<{ items: Column[] }>(`/projects/${projectId}/columns`),
      getAll<LabelView>(`/projects/${projectId}/labels`),
      workspaceId ? getAll<ListedMember>(`/workspaces/${workspaceId}/members`) : [],
      get<{ items: FlowHead[] }>(`/projects/${projectId}/flows`),
    ])
    const nameOf = new Map(boards.map(({ id, name }) => [id, name]))
    // Columns of the flow's own board come first, and need no name of a board.
    const own = columns.items.filter((column) => column.boardId === boardId)
    const others = columns.items.filter((column) => column.boardId !== boardId)
    resources.columns = [
      ...own.map(({ id, name }) => ({ value: id, text: name })),
      ...others.map(({ id, name, boardId: on }) => ({
        value: id,
        text: name,
        hint: nameOf.get(on) ?? '',
      })),
    ]
    resources.boards = boards.map(asChoice)
    resources.labels = labels.map(asChoice)
    resources.members = members.map(asChoice)
    resources.flows = flows.items.map(asChoice)
  }

  return { resources: resources as Resources, load }
}

const asChoice = ({ id, name }: { id: string; name: string }): Choice => ({ value: id, text: name })

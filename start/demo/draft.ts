import type { Colour } from '#core/contracts/fields.ts'
import type { Person } from './people.ts'

/** A project as the demo tells it, before it has ids, ranks and numbers. */
export interface ProjectDraft {
  readonly name: string
  readonly key: string
  readonly labels: Readonly<Record<string, Colour>>
  readonly board: BoardDraft
}

interface BoardDraft {
  readonly name: string
  readonly columns: readonly ColumnDraft[]
}

export interface ColumnDraft {
  readonly name: string
  readonly wipLimit?: number
  readonly cards: readonly CardDraft[]
}

export interface CardDraft {
  readonly title: string
  readonly createdAt: Date
  readonly createdBy: Person
  readonly description?: string
  /** By name. */
  readonly labels?: readonly string[]
  readonly assignees?: readonly Person[]
  /** YYYY-MM-DD */
  readonly dueOn?: string
  readonly priority?: number
  readonly points?: number
  readonly colour?: Colour
  readonly checklist?: readonly { readonly text: string; readonly done: boolean }[]
  readonly comments?: readonly CommentDraft[]
}

export interface CommentDraft {
  readonly author: Person
  readonly text: string
  readonly at: Date
  /** Finds it in the inbox. */
  readonly asks?: Person
}

import type { LabelView, MemberView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { DESCRIPTION_CHARS_MAX, TITLE_CHARS_MAX } from '#core/kernel/limits.ts'
import type { Day } from './days.ts'
import { readDay } from './quick-day.ts'

/** So many lines become cards at once; what is more waits for the person to go on. */
export const PASTED_LINES_MAX = 100

export interface QuickCard {
  readonly title: string
  /** All of a line that is longer than a title may be. */
  readonly description?: string
  readonly assignees: Id[]
  readonly labels: Id[]
  readonly priority?: number
  readonly dueOn?: Day
}

interface Known {
  readonly members: readonly MemberView[]
  readonly labels: readonly LabelView[]
  readonly today: Day
}

/**
 * Reads `Fix the till @ann #bug !1 tomorrow` as a card. A marker is understood when it names one
 * member or label and nothing else; what is not understood stays part of the title. Words for days
 * count only at the end, so that «Monday report» keeps its Monday.
 */
export function parseQuickAdd(line: string, known: Known): QuickCard {
  const words = line.trim().split(/\s+/)
  const assignees = new Set<Id>()
  const labels = new Set<Id>()
  let priority: number | undefined
  const rest = words.filter((word) => {
    const memberId = word.startsWith('@') ? named(known.members, word.slice(1)) : undefined
    const labelId = word.startsWith('#') ? named(known.labels, word.slice(1)) : undefined
    if (memberId !== undefined) assignees.add(memberId)
    else if (labelId !== undefined) labels.add(labelId)
    else if (/^![1-4]$/.test(word)) priority = Number(word[1])
    else return true
    return false
  })
  const { line: whole, dueOn } = withoutDay(rest, known.today)
  return {
    ...titleOf(whole),
    assignees: [...assignees],
    labels: [...labels],
    ...(priority === undefined ? {} : { priority }),
    ...(dueOn === undefined ? {} : { dueOn }),
  }
}

/** The lines of a text that become a card each, and those that are too many for one time. */
export function linesOf(text: string): { now: string[]; later: string[] } {
  const all = text.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => line.trim())
  const lines = all.filter((line) => line !== '')
  return { now: lines.slice(0, PASTED_LINES_MAX), later: lines.slice(PASTED_LINES_MAX) }
}

/** The longest run of last words that is a day, as long as a title is left. */
function withoutDay(words: readonly string[], today: Day): { line: string; dueOn?: Day } {
  for (const count of [3, 2, 1]) {
    if (count >= words.length) continue
    const dueOn = readDay(words.slice(-count).join(' '), today)
    if (dueOn !== undefined) return { line: words.slice(0, -count).join(' '), dueOn }
  }
  return { line: words.join(' ') }
}

/** Nothing that was typed is lost: what a title cannot hold stands in the description. */
function titleOf(line: string): Pick<QuickCard, 'title' | 'description'> {
  if (line.length <= TITLE_CHARS_MAX) return { title: line }
  const title = line.slice(0, TITLE_CHARS_MAX).trim()
  return { title, description: line.slice(0, DESCRIPTION_CHARS_MAX) }
}

/** The one whose name is this, or the only one whose name or last name begins so. */
function named(all: readonly { id: Id; name: string }[], wanted: string): Id | undefined {
  const handle = plain(wanted)
  if (handle === '') return undefined
  const exact = all.find(({ name }) => plain(name) === handle)
  if (exact) return exact.id
  const parts = ({ name }: { name: string }) => [name, ...name.split(/\s+/)].map(plain)
  const begun = all.filter((one) => parts(one).some((part) => part.startsWith(handle)))
  return begun.length === 1 ? begun[0]!.id : undefined
}

/** Names without accents, case, spaces and hyphens: `@anna-lena` finds «Änna Lena». */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}|[\s_.-]/gu, '')
    .toLowerCase()
}

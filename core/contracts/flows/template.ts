/** What somebody chooses before a template can be published. */
type Choice = 'board' | 'column' | 'label' | 'member' | 'url'

/** A flow to begin with. Where it says `<name>`, the choice of that name is put in. */
export interface FlowTemplate {
  readonly title: string
  /** What it is good for, in a sentence. */
  readonly why: string
  readonly choices: Readonly<Record<string, Choice>>
  readonly flow: Readonly<Record<string, unknown>>
}

/** The draft a template becomes; what is not chosen stays, and is refused when it is published. */
export function draftOf(
  { flow }: FlowTemplate,
  chosen: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return put(flow, chosen) as Record<string, unknown>
}

function put(value: unknown, chosen: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return chosen[/^<(\w+)>$/.exec(value)?.[1] ?? ''] ?? value
  if (Array.isArray(value)) return value.map((each) => put(each, chosen))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, put(each, chosen)]))
}

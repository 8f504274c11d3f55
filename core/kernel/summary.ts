/** Temporal keeps 400 bytes of a summary; names in other alphabets take up to four bytes a letter. */
const SUMMARY_CHARS_MAX = 90
const NAME_CHARS_MAX = 40

const cut = (text: string, charsMax: number): string => {
  const chars = [...text]
  return chars.length <= charsMax ? text : `${chars.slice(0, charsMax - 1).join('')}…`
}

/**
 * Fills an action's summary: «Ann moved 'Fix login' to Done». Names that are not known are left
 * as a dash, so that a summary never fails an action.
 */
export function summaryOf(
  actor: string,
  template: string,
  names: Readonly<Record<string, string | undefined>>,
): string {
  const words = template.replace(/\{(\w+)\}/g, (_, key: string) => {
    const name = names[key]
    return name === undefined ? '–' : `'${cut(name, NAME_CHARS_MAX)}'`
  })
  return cut(`${cut(actor, NAME_CHARS_MAX)} ${words}`, SUMMARY_CHARS_MAX)
}

/** What a workflow that carries several commands is called: «12 actions on Team, Delivery». */
export function batchSummary(summaries: readonly string[], places: readonly string[]): string {
  const [only] = summaries
  if (summaries.length === 1 && only !== undefined) return only
  const where = [...new Set(places)].join(', ')
  return cut(`${summaries.length} actions on ${where}`, SUMMARY_CHARS_MAX)
}

import type { MemberView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { MENTIONS_PER_COMMENT_MAX } from '#core/kernel/limits.ts'

/** A part of a comment; with an id it is the name of somebody who was told about it. */
export interface Part {
  readonly text: string
  readonly memberId?: Id
}

type Member = Pick<MemberView, 'id' | 'name'>

/** What is typed behind the last @ before the caret, when it may still become a name. */
export function mentionBefore(text: string, caret: number): string | undefined {
  return /(?:^|[\s(])@([^@\n]{0,40})$/.exec(text.slice(0, caret))?.[1]
}

/** The text with the name in place of what was typed behind the @, and where the caret goes. */
export function withMention(text: string, caret: number, name: string): [string, number] {
  const typed = mentionBefore(text, caret) ?? ''
  const head = `${text.slice(0, caret - typed.length)}${name} `
  return [head + text.slice(caret).replace(/^ /, ''), head.length]
}

/** Whom the text names: «@Ann Oduya» anywhere in it. */
export function mentionsIn(text: string, members: Iterable<Member>): Id[] {
  const ids = partsOf(text, members).flatMap(({ memberId }) => memberId ?? [])
  return [...new Set(ids)].slice(0, MENTIONS_PER_COMMENT_MAX)
}

/** The text cut where names begin and end. Of two names the longer one wins. */
export function partsOf(text: string, members: Iterable<Member>): Part[] {
  const byName = [...members].sort((a, b) => b.name.length - a.name.length)
  const parts: Part[] = []
  let plain = ''
  for (let at = 0; at < text.length;) {
    const member =
      text[at] === '@' ? byName.find(({ name }) => isNamed(text, at + 1, name)) : undefined
    if (!member) {
      plain += text[at]
      at += 1
      continue
    }
    if (plain) parts.push({ text: plain })
    plain = ''
    parts.push({ text: `@${member.name}`, memberId: member.id })
    at += 1 + member.name.length
  }
  return plain ? [...parts, { text: plain }] : parts
}

/** Whether the whole name stands there, and not the beginning of a longer word. */
function isNamed(text: string, at: number, name: string): boolean {
  const end = at + name.length
  return text.slice(at, end) === name && !/[\p{L}\p{N}]/u.test(text[end] ?? '')
}

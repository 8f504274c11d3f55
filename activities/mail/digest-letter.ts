import type { NotificationKind } from '#core/contracts/views.ts'
import type { Language } from '#core/kernel/choices.ts'
import { DIGEST_WORDS } from './digest-words.ts'
import { escapeHtml } from './escape-html.ts'
import type { Letter } from './letters.ts'

const ITEMS_MAX = 100
const SUBJECT_CHARS_MAX = 120

/** A piece of news as a letter tells it. */
interface Told {
  readonly kind: NotificationKind
  readonly actorName: string | null
  /** The card as in «CHK-118 Fix login», or the name of the flow. */
  readonly about: string
  /** The name of the board, or of the project. */
  readonly place: string
  /** The comment's first words, or the day something is due. */
  readonly excerpt: string
  readonly createdAt: Date
  /** The address of what it is about. */
  readonly link: string
}

export interface Digest {
  readonly letterId: string
  readonly to: string
  readonly language: Language
  /** Whose hours it tells. */
  readonly timeZone: string
  readonly items: readonly Told[]
  /** The page where people choose what they are written about. */
  readonly settingsLink: string
  /** Ends letters of its kinds: the page that asks first, and the address that does it at once. */
  readonly stop: { readonly page: string; readonly atOnce: string }
  /** The last part of the Message-ID. */
  readonly host: string
}

/**
 * News as one letter, in plain text and in HTML in which nothing that people wrote is markup. Mail
 * programs find in its head how it is unsubscribed from (RFC 8058), and that a program wrote it.
 */
export function digestLetter(digest: Digest): Letter {
  const words = DIGEST_WORDS[digest.language]
  const entries = digest.items.slice(0, ITEMS_MAX).map((item) => entryOf(digest, item))
  const left = digest.items.length - entries.length
  const more = left > 0 ? [words.more(left)] : []
  const [only] = entries
  const subject = entries.length === 1 ? only!.title : words.several(digest.items.length)
  return {
    to: digest.to,
    subject: subject.slice(0, SUBJECT_CHARS_MAX),
    text: textOf(digest, entries, more),
    html: htmlOf(digest, entries, more),
    messageId: `<${digest.letterId}@${digest.host}>`,
    headers: {
      'List-Unsubscribe': `<${digest.stop.atOnce}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    },
  }
}

interface Entry {
  readonly title: string
  readonly said: string
  readonly place: string
  readonly link: string
}

function entryOf({ language, timeZone }: Digest, item: Told): Entry {
  const words = DIGEST_WORDS[language]
  const { kind, excerpt, actorName, about, place, createdAt, link } = item
  const isDue = kind === 'due'
  const day = isDue ? dayText(excerpt, language) : ''
  const happened = words.happened[kind]({ who: actorName ?? words.somebody, day })
  const at = createdAt.toLocaleString(language, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const said = isDue ? '' : excerpt
  return { title: `${happened} ${about}`, said, place: `${place} · ${at}`, link }
}

const dayText = (day: string, language: Language) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(language, {
    timeZone: 'UTC',
    dateStyle: 'medium',
  })

function textOf(digest: Digest, entries: readonly Entry[], more: readonly string[]): string {
  const { why, choose, stop } = DIGEST_WORDS[digest.language]
  const told = entries.map(({ title, said, place, link }) =>
    [title, ...(said ? [`  ${said}`] : []), place, link].join('\n'),
  )
  const foot = [why, `${choose}: ${digest.settingsLink}`, `${stop}: ${digest.stop.page}`]
  return `${[...told, ...more, `-- \n${foot.join('\n')}`].join('\n\n')}\n`
}

function htmlOf(digest: Digest, entries: readonly Entry[], more: readonly string[]): string {
  const { why, choose, stop } = DIGEST_WORDS[digest.language]
  const linked = (href: string, text: string) =>
    `<a href="${escapeHtml(href)}"><bdi>${escapeHtml(text)}</bdi></a>`
  const told = entries.map(({ title, said, place, link }) => {
    // Whatever direction their characters ask for ends with what people wrote.
    const quote = said ? `<br><bdi>${escapeHtml(said)}</bdi>` : ''
    return `<p><b>${linked(link, title)}</b>${quote}<br><small><bdi>${escapeHtml(place)}</bdi></small></p>`
  })
  const rest = more.map((line) => `<p>${escapeHtml(line)}</p>`)
  const ways = `${linked(digest.settingsLink, choose)} · ${linked(digest.stop.page, stop)}`
  const foot = `<hr><p><small>${escapeHtml(why)}<br>${ways}</small></p>`
  const head = '<meta charset="utf-8">'
  return `<!doctype html><html lang="${digest.language}"><head>${head}</head><body>${[...told, ...rest, foot].join('\n')}</body></html>\n`
}

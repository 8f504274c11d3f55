import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { plainText, TEXT_FIELD } from '#activities/texts/text-lines.ts'
import { TextMessage } from '#core/contracts/texts.ts'
import { aBrowserEnd, type BrowserEnd } from './browser-end.ts'

const SOON_MS = 5_000
const LOOK_EVERY_MS = 5

/** A browser's end of a card's text. */
export interface TestWriter extends BrowserEnd<TextMessage> {
  readonly doc: Y.Doc
  text(): string
  /** Adds a line at the end. */
  write(line: string): void
  /** Resolves once it has read the text, and all it wrote is acknowledged. */
  saved(): Promise<void>
}

/** Opens the text of a card as somebody with `token`; `doc` is what was kept from an earlier visit. */
export function aWriter(
  port: number,
  cardId: string,
  token: string,
  { doc = new Y.Doc(), name = `card:${cardId}` } = {},
): TestWriter {
  const end = aBrowserEnd(port, { name, token, read: TextMessage, document: doc })
  end.provider.on('stateless', () => {
    // As the UI does: what was refused before is said again.
    const said = end.messages.at(-1)
    if (said?.kind === 'rights' && said.mayWrite) end.provider.forceSync()
  })
  return {
    ...end,
    doc,
    text: () => plainText(doc),
    write(line) {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(line)])
      doc.getXmlFragment(TEXT_FIELD).push([paragraph])
    },
    async saved() {
      const isSaved = () => end.provider.isSynced && !end.provider.hasUnsyncedChanges
      const untilMs = Date.now() + SOON_MS
      while (!isSaved() && Date.now() < untilMs) await sleep(LOOK_EVERY_MS)
      if (!isSaved()) throw new Error('What was written is not saved.')
    },
  }
}

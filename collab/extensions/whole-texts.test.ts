import type { afterLoadDocumentPayload, beforeSyncPayload } from '@hocuspocus/server'
import { messageYjsSyncStep1 } from 'y-protocols/sync'
import { expect, test } from 'vitest'
import { Doc } from 'yjs'
import { TEXT_BYTES_MAX } from '#core/kernel/limits.ts'
import type { ViewerContext } from './authenticate.ts'
import { wholeTexts } from './whole-texts.ts'

const LONG = 'x'.repeat(1024 * 1024)

test('a text in which much was written and taken away again costs who asks for it what it has left', async () => {
  const [document, asked] = [new Doc(), [] as number[]]
  const { afterLoadDocument, beforeSync } = wholeTexts()
  await afterLoadDocument!({ document } as unknown as afterLoadDocumentPayload)
  const text = document.getText('x')
  for (let written = 0; written <= 2 * TEXT_BYTES_MAX; written += LONG.length) {
    text.insert(0, LONG)
    text.delete(0, LONG.length)
  }
  text.insert(0, LONG)
  const socket = { mayAsk: (bytes: number) => asked.push(bytes) > 0 }
  const said = { type: messageYjsSyncStep1, document, context: { socket } }
  await beforeSync!(said as unknown as beforeSyncPayload<ViewerContext>)
  expect(asked[0]).toBeGreaterThan(LONG.length)
  expect(asked[0]).toBeLessThan(2 * LONG.length)
})
